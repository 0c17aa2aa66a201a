package io.github.sseredis;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What an instance knows of one of its connections at a moment.
 *
 * @param topics the topics it receives
 * @param principal the name of its owner; null if anonymous
 * @param remoteAddress the address of the client as the application sees it
 * @param opened when it was opened
 * @param lastEventId the place up to which it has been served
 * @param lag events of the log it has not been served yet, at most; 0 when up to date
 */
public record ConnectionInfo(List<String> topics, @Nullable String principal, @Nullable String remoteAddress,
		Instant opened, EventId lastEventId, long lag) {

	public ConnectionInfo {
		topics = List.copyOf(topics);
	}

}
