package io.github.sseredis.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.sseredis.log.Position;

/**
 * A message of the channel: the events of one call, as the publish script writes them, or
 * the position, as the check script does.
 *
 * <pre>
 * 1 &lt;epoch&gt;[ &lt;time&gt;]\n
 * e &lt;sequence&gt; &lt;bytes of topic&gt; &lt;bytes of fields&gt;\n&lt;topic&gt;&lt;fields&gt;    (any number)
 * p &lt;sequence&gt; 0 0\n                                               (at most once, last)
 * </pre>
 *
 * The first character is the version. The time is that of the publisher, in milliseconds,
 * when it was given the oldest of the events. {@code e} is an event, {@code p} the number
 * of the newest one. A record of another kind has the form of an event, is skipped, and
 * its number counts.
 *
 * @param epoch the epoch of the numbers
 * @param publishedAt when the oldest event was published, in milliseconds; 0 if unknown
 * @param records in the order of their numbers
 * @param newest the number of the newest event, if the message is about that; else 0
 */
record LiveMessage(String epoch, long publishedAt, List<Numbered> records, long newest) {

	private static final String VERSION = "1";

	private static final String EVENT = "e";

	private static final String NEWEST = "p";

	/** Returns the message, or empty if it is not of a form that this version knows. */
	static Optional<LiveMessage> parse(byte[] bytes) {
		try {
			return Optional.of(new Parser(bytes).message());
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			return Optional.empty();
		}
	}

	/** Reads forward; throws on whatever is not as described. */
	private static final class Parser {

		private final byte[] bytes;

		private int at;

		Parser(byte[] bytes) {
			this.bytes = bytes;
		}

		LiveMessage message() {
			String[] header = line();
			if (header.length < 2 || !VERSION.equals(header[0]) || !Position.isEpoch(header[1])) {
				throw new IllegalArgumentException("Not version " + VERSION);
			}
			long publishedAt = header.length > 2 ? Long.parseLong(header[2]) : 0;
			List<Numbered> records = new ArrayList<>();
			long newest = 0;
			while (this.at < this.bytes.length) {
				String[] record = line();
				long sequence = sequence(record[1]);
				if (NEWEST.equals(record[0])) {
					newest = sequence;
					continue;
				}
				String topic = new String(take(Integer.parseInt(record[2])), StandardCharsets.UTF_8);
				byte[] fields = take(Integer.parseInt(record[3]));
				records.add(EVENT.equals(record[0]) && !topic.isEmpty() ? new Numbered(sequence, topic, fields)
						: Numbered.skipped(sequence));
			}
			return new LiveMessage(header[1], publishedAt, records, newest);
		}

		private static long sequence(String text) {
			long sequence = Long.parseLong(text);
			if (sequence < 0 || sequence >= Position.MAX_SEQUENCE) {
				throw new IllegalArgumentException("No number of an event: " + sequence);
			}
			return sequence;
		}

		private String[] line() {
			int start = this.at;
			while (this.bytes[this.at] != '\n') {
				this.at++;
			}
			String line = new String(this.bytes, start, this.at - start, StandardCharsets.US_ASCII);
			this.at++;
			return line.split(" ");
		}

		private byte[] take(int length) {
			if (length < 0 || length > this.bytes.length - this.at) {
				throw new IllegalArgumentException("Truncated");
			}
			byte[] taken = new byte[length];
			System.arraycopy(this.bytes, this.at, taken, 0, length);
			this.at += length;
			return taken;
		}

	}

}
