package io.github.sseredis;

import java.nio.charset.StandardCharsets;

/** The rule for the names of topics. */
public final class TopicName {

	/** The greatest length of a name, in bytes of UTF-8. */
	public static final int MAX_BYTES = 255;

	/** The topic through which instances give each other orders. */
	public static final String CONTROL = "$control";

	private TopicName() {
	}

	/**
	 * Returns the topic if an application may use it.
	 * @throws IllegalArgumentException saying what is wrong with it
	 */
	public static String requireValid(String topic) {
		if (topic.isBlank()) {
			throw new IllegalArgumentException("A topic must not be blank, got '" + shown(topic) + "'");
		}
		if (topic.charAt(0) == '$') {
			throw new IllegalArgumentException("A topic must not begin with '$', got '" + shown(topic) + "'");
		}
		for (int i = 0; i < topic.length(); i++) {
			if (Character.isISOControl(topic.charAt(i))) {
				throw new IllegalArgumentException("A topic must have no control characters, got one at index " + i
						+ " of '" + shown(topic) + "'");
			}
		}
		int surrogate = EventFrame.indexOfLoneSurrogate(topic);
		if (surrogate >= 0) {
			throw new IllegalArgumentException(
					"A topic must be valid Unicode, got a lone surrogate at index " + surrogate);
		}
		int bytes = topic.getBytes(StandardCharsets.UTF_8).length;
		if (bytes > MAX_BYTES) {
			throw new IllegalArgumentException("A topic must have at most " + MAX_BYTES + " bytes of UTF-8, got "
					+ bytes + " in '" + shown(topic) + "'");
		}
		return topic;
	}

	// What a message quotes must not grow with the input nor break the log's lines.
	private static String shown(String topic) {
		String start = topic.length() > 60 ? topic.substring(0, 60) + "..." : topic;
		return start.replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
	}

}
