package io.github.sseredis.redis;

import org.jspecify.annotations.Nullable;

/**
 * An event with its number.
 *
 * @param sequence the number in the partition
 * @param topic the topic; null if the number is used by something that is no event
 * @param fields the fields of the frame
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Numbered(long sequence, @Nullable String topic, byte[] fields) {

	private static final byte[] NONE = new byte[0];

	static Numbered skipped(long sequence) {
		return new Numbered(sequence, null, NONE);
	}

}
