package io.github.sseredis.autoconfigure;

import io.github.sseredis.push.InvalidPushException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with an {@code @SsePush}, and what to do about it. */
final class InvalidPushFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPushException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidPushException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
