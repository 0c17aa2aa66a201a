package io.github.sseredis.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * The names of what is in Redis. Keys of one partition share a hash tag, so that a script
 * may use them together on Redis Cluster. The format is number {@value #FORMAT}:
 *
 * <pre>
 * &lt;prefix&gt;{p}:seq            hash: format, partitions, app, epoch, seq, born, run, was, bytes
 * &lt;prefix&gt;{p}:recent         stream, ID = sequence number; t = topic, f = fields of the frame,
 *                          b = bytes of all events up to this one
 * &lt;prefix&gt;{p}:log:&lt;topic&gt;    stream, ID = sequence number; p = number of the topic's event
 *                          before, or '-' if that is not known; f = fields of the frame
 * &lt;prefix&gt;{p}:topic:&lt;topic&gt;  hash: born, last
 * &lt;prefix&gt;{p}:idem:&lt;length of topic&gt;:&lt;topic&gt;:&lt;key&gt;
 *                          string: '&lt;epoch&gt;:&lt;sequence number&gt;'; the key is the
 *                          application's after an 'a'
 * &lt;prefix&gt;{p}:sender:&lt;name&gt; hash: attempt, the number of the sender's last; ids, what
 *                          became of its events: '&lt;number&gt;=&lt;epoch&gt;:&lt;sequence number&gt;'
 * &lt;prefix&gt;{p}                channel; messages as of {@link LiveMessage}
 * &lt;prefix&gt;ticket:&lt;digest&gt;   string, of no partition; as of {@link TicketRecord}
 * </pre>
 *
 * {@code born} is the epoch since which numbers have gone on without a break: what is
 * marked with another is of numbers that are used again. {@code run} is the run ID of the
 * server that wrote last; {@code was} are the positions up to which epochs before are
 * contained in this one, as in idem, the newest first. {@code bytes} is the {@code b} of
 * the newest event.
 */
record RedisLayout(String prefix, int partition) {

	static final String FORMAT = "1";

	/** The hash of a topic outlives its log, since it proves that nothing was missed. */
	private static final Duration TOPIC_TTL = Duration.ofDays(7);

	/** What a driver repeats after a connection was lost comes sooner. */
	static final Duration SENDER_TTL = Duration.ofDays(1);

	/** The bytes of events in recent, up to a quarter more. */
	static final long RECENT_BYTES = 64L * 1024 * 1024;

	byte[] seq() {
		return key("seq");
	}

	byte[] recent() {
		return key("recent");
	}

	byte[] log(String topic) {
		return key("log:" + topic);
	}

	byte[] topic(String topic) {
		return key("topic:" + topic);
	}

	byte[] idempotencyKey(String topic, String key) {
		return key("idem:" + utf8(topic).length + ":" + topic + ":a" + key);
	}

	byte[] sender(String name) {
		return key("sender:" + name);
	}

	byte[] channel() {
		return utf8(this.prefix + "{" + this.partition + "}");
	}

	static byte[] ticket(String prefix, String id) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(utf8(id));
			return utf8(prefix + "ticket:" + HexFormat.of().formatHex(digest));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	static Duration topicTtl(Duration historyTtl) {
		Duration twice = historyTtl.multipliedBy(2);
		return twice.compareTo(TOPIC_TTL) > 0 ? twice : TOPIC_TTL;
	}

	private byte[] key(String name) {
		return utf8(this.prefix + "{" + this.partition + "}:" + name);
	}

	static String text(byte[] utf8) {
		return new String(utf8, StandardCharsets.UTF_8);
	}

	static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
