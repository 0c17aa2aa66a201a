package io.github.sseredis.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message of the channel: the events of one call, as the publish script writes them.
 *
 * <pre>
 * 1 &lt;epoch&gt;\n
 * e &lt;sequence&gt; &lt;bytes of topic&gt; &lt;bytes of fields&gt;\n&lt;topic&gt;&lt;fields&gt;    (any number)
 * </pre>
 *
 * The first character is the version. A record of another kind than {@code e} has the
 * same form, is skipped, and its number counts.
 *
 * @param epoch the epoch of the numbers
 * @param records in the order of their numbers
 */
record LiveMessage(String epoch, List<Numbered> records) {

	private static final String VERSION = "1";

	private static final String EVENT = "e";

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
			if (header.length != 2 || !VERSION.equals(header[0])) {
				throw new IllegalArgumentException("Not version " + VERSION);
			}
			List<Numbered> records = new ArrayList<>();
			while (this.at < this.bytes.length) {
				String[] record = line();
				long sequence = Long.parseLong(record[1]);
				String topic = new String(take(Integer.parseInt(record[2])), StandardCharsets.UTF_8);
				byte[] fields = take(Integer.parseInt(record[3]));
				records.add(EVENT.equals(record[0]) && !topic.isEmpty() ? new Numbered(sequence, topic, fields)
						: Numbered.skipped(sequence));
			}
			return new LiveMessage(header[1], records);
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
