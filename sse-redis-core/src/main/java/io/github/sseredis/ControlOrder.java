package io.github.sseredis;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An order that one instance gives to all, as an event of the topic
 * {@link TopicName#CONTROL}: its place in the order of events makes it arrive.
 *
 * @param principal whose connections end
 */
public record ControlOrder(String principal) {

	private static final String DISCONNECT = "disconnect";

	/** Returns the event that carries the order. */
	public EncodedEvent toEvent() {
		return new EncodedEvent(TopicName.CONTROL, (DISCONNECT + " " + this.principal).getBytes(StandardCharsets.UTF_8),
				null);
	}

	/**
	 * Returns the order in an event, or empty if it is of a kind this version does not
	 * know.
	 */
	public static Optional<ControlOrder> parse(byte[] fields) {
		String text = new String(fields, StandardCharsets.UTF_8);
		if (!text.startsWith(DISCONNECT + " ")) {
			return Optional.empty();
		}
		return Optional.of(new ControlOrder(text.substring(DISCONNECT.length() + 1)));
	}

}
