package io.github.sseredis.log;

import java.nio.charset.StandardCharsets;

/**
 * The rule by which topics belong to partitions: CRC16 (XMODEM, the one of Redis Cluster)
 * of the topic's UTF-8, modulo their number.
 *
 * @param count the number of partitions, 1 to {@value #MAX}
 */
public record TopicPartitions(int count) {

	/** The greatest number of partitions. */
	public static final int MAX = 8;

	public TopicPartitions {
		if (count < 1 || count > MAX) {
			throw new IllegalArgumentException("The number of partitions must be 1 to " + MAX + ", got " + count);
		}
	}

	/** Returns the partition of a topic. */
	public int of(String topic) {
		// What starts with $ is ours, and orders are read in partition 0.
		return this.count == 1 || topic.startsWith("$") ? 0
				: crc16(topic.getBytes(StandardCharsets.UTF_8)) % this.count;
	}

	private static int crc16(byte[] bytes) {
		int crc = 0;
		for (byte b : bytes) {
			crc ^= (b & 0xff) << 8;
			for (int bit = 0; bit < 8; bit++) {
				crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
			}
			crc &= 0xffff;
		}
		return crc;
	}

}
