package io.github.sseredis.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Describes a {@link RedisChoiceException}. */
final class RedisChoiceFailureAnalyzer extends AbstractFailureAnalyzer<RedisChoiceException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RedisChoiceException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
	}

}
