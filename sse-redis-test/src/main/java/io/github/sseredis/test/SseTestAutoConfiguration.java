package io.github.sseredis.test;

import java.util.List;

import io.github.sseredis.AbstractBroadcaster;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** What {@link AutoConfigureSseTest} adds to the library's own auto-configuration. */
@AutoConfiguration(afterName = { "io.github.sseredis.autoconfigure.SseRedisAutoConfiguration",
		"io.github.sseredis.autoconfigure.SseLocalAutoConfiguration" })
final class SseTestAutoConfiguration {

	@Bean("sse.pushed-events")
	@ConditionalOnMissingBean
	PushedEvents pushedEvents(ObjectProvider<AbstractBroadcaster> broadcasters) {
		List<AbstractBroadcaster> known = broadcasters.stream().toList();
		PushedEvents events = new PushedEvents(!known.isEmpty());
		known.forEach((broadcaster) -> broadcaster.setPublishListener(events.listener()));
		return events;
	}

}
