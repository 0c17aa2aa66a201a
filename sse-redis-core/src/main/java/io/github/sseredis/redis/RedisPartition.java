package io.github.sseredis.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.sseredis.log.Position;
import io.github.sseredis.redis.RedisFailure.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * One partition in Redis: what can be asked of it and done to it, each by one script.
 * Thread-safe; every call blocks until Redis answers, or throws what the driver throws.
 */
final class RedisPartition {

	private static final Script PUBLISH = Script.load("publish.lua");

	private static final Script CHECK = Script.load("check.lua");

	private static final Script RECENT = Script.load("recent.lua");

	private static final Script HISTORY = Script.load("history.lua");

	private static final String NOT_OURS = "-";

	private static final int HISTORY_PAGE = 100;

	/** The most that a page has, in bytes, and an event more. */
	private static final long PAGE_BYTES = 1024 * 1024;

	private final RedisCalls calls;

	private final RedisOptions options;

	private final RedisLayout layout;

	private final long recentBytes;

	/** Whether the layout in Redis is ours. */
	private volatile Agreement agreement = Agreement.NONE;

	RedisPartition(RedisConnectionFactory connectionFactory, RedisOptions options, int partition) {
		this(connectionFactory, options, partition, RedisLayout.RECENT_BYTES);
	}

	RedisPartition(RedisConnectionFactory connectionFactory, RedisOptions options, int partition, long recentBytes) {
		this(new RedisCalls(connectionFactory), options, partition, recentBytes);
	}

	private RedisPartition(RedisCalls calls, RedisOptions options, int partition, long recentBytes) {
		this.calls = calls;
		this.options = options;
		this.layout = new RedisLayout(options.prefix(), partition);
		this.recentBytes = recentBytes;
	}

	int number() {
		return this.layout.partition();
	}

	byte[] channel() {
		return this.layout.channel();
	}

	/**
	 * Publishes events in order, each once.
	 * @param calls gives the call once there is a connection: what was given up until
	 * then is not sent
	 * @param position the newest position the caller has seen; null if none
	 */
	PublishAnswer publish(Supplier<PublishCall> calls, @Nullable Position position) {
		return connected((connection) -> {
			PublishCall call = calls.get();
			return call.events().isEmpty() ? PublishAnswer.NONE : publish(connection, call, position);
		});
	}

	private PublishAnswer publish(RedisConnection connection, PublishCall what, @Nullable Position position) {
		Call call = new Call(position);
		byte[] sender = this.layout.sender(what.sender());
		call.key(sender);
		for (PendingEvent pending : what.events()) {
			String topic = pending.event().topic();
			String key = pending.event().idempotencyKey();
			call.key(this.layout.log(topic));
			call.key(this.layout.topic(topic));
			call.key(key != null ? this.layout.idempotencyKey(topic, key) : sender);
		}
		call.argument(this.layout.channel());
		call.argument(this.options.history().perTopic());
		call.argument(this.options.history().perPartition());
		call.argument(this.options.history().ttl().toMillis());
		call.argument(RedisLayout.topicTtl(this.options.history().ttl()).toMillis());
		call.argument(this.options.publish().idempotencyTtl().toMillis());
		call.argument(this.recentBytes);
		call.argument(RedisLayout.SENDER_TTL.toMillis());
		call.argument(what.attempt());
		call.argument(what.firstAttempt());
		call.argument(what.events().get(0).publishedAt());
		for (PendingEvent pending : what.events()) {
			call.argument(pending.number());
			call.argument(RedisLayout.utf8(pending.event().topic()));
			call.argument(pending.event().fields());
		}
		List<?> answer = call.run(connection, PUBLISH);
		List<String> results = new ArrayList<>();
		for (int i = 2; i < answer.size(); i++) {
			results.add(text(answer.get(i)));
		}
		if (results.size() != what.events().size()) {
			throw new IllegalStateException(
					"Redis answered " + results.size() + " results for " + what.events().size() + " events");
		}
		return new PublishAnswer(text(answer.get(0)), text(answer.get(1)), results);
	}

	/** Returns the position, brought up to date with what the caller has seen. */
	RedisPosition check(@Nullable Position position) {
		Call call = new Call(position);
		call.argument(new byte[0]);
		return position(call.run(CHECK));
	}

	/** Returns the position, and lets Redis tell it to all instances. */
	Announcement announce(@Nullable Position position) {
		Call call = new Call(position);
		call.argument(this.layout.channel());
		List<?> answer = call.run(CHECK);
		return new Announcement(position(answer), text(answer.get(4)).isEmpty());
	}

	/** Returns the oldest recent events between two numbers, at most a page of them. */
	RecentPage recent(@Nullable Position position, long from, long to, int count) {
		return recent(position, from, to, count, "");
	}

	/** Returns the newest recent events up to a number, newest first. */
	RecentPage recentBackwards(@Nullable Position position, long to, int count) {
		return recent(position, 1, to, count, "rev");
	}

	private RecentPage recent(@Nullable Position position, long from, long to, int count, String direction) {
		Call call = new Call(position);
		call.argument(from);
		call.argument(to);
		call.argument(count);
		call.argument(RedisLayout.utf8(direction));
		call.argument(PAGE_BYTES);
		List<?> answer = call.run(RECENT);
		List<Numbered> events = new ArrayList<>();
		int foreign = 0;
		for (int i = 4; i < answer.size(); i += 3) {
			String number = text(answer.get(i));
			if (NOT_OURS.equals(number)) {
				foreign++;
			}
			else {
				events.add(new Numbered(Long.parseLong(number), text(answer.get(i + 1)), (byte[]) answer.get(i + 2)));
			}
		}
		return new RecentPage(position(answer), events, foreign);
	}

	/** Returns the oldest events of a topic after a number, if it is provably all. */
	HistoryAnswer history(@Nullable Position position, String topic, long after) {
		Call call = new Call(position);
		call.key(this.layout.log(topic));
		call.key(this.layout.topic(topic));
		call.argument(after);
		call.argument(HISTORY_PAGE);
		call.argument(PAGE_BYTES);
		call.argument(RedisLayout.utf8(topic));
		List<?> answer = call.run(HISTORY);
		List<Numbered> events = new ArrayList<>();
		for (int i = 6; i < answer.size(); i += 2) {
			events.add(new Numbered(Long.parseLong(text(answer.get(i))), topic, (byte[]) answer.get(i + 1)));
		}
		long number = answer.size() > 5 ? Long.parseLong(text(answer.get(5))) : 0;
		return new HistoryAnswer(position(answer), text(answer.get(4)), number, events);
	}

	private static RedisPosition position(List<?> answer) {
		return new RedisPosition(text(answer.get(0)), Long.parseLong(text(answer.get(1))),
				RedisPosition.parseAll(text(answer.get(2))), text(answer.get(3)));
	}

	private static String text(Object value) {
		return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
	}

	// Of two instances with different numbers of partitions each would find some
	// partitions that the other has never touched. Whether a failure was a sign that all
	// is different is looked at, but partition 0 may be on a node that is gone, and that
	// of this one not.
	private void requireAgreement() {
		if (this.agreement != Agreement.SURE && number() != 0) {
			try {
				new RedisPartition(this.calls, this.options, 0, this.recentBytes).check(null);
			}
			catch (RuntimeException ex) {
				if (this.agreement == Agreement.NONE || RedisFailure.of(ex).kind() == Kind.OTHER_LAYOUT) {
					this.agreement = Agreement.NONE;
					throw ex;
				}
			}
		}
		this.agreement = Agreement.SURE;
	}

	private <T> T connected(Function<RedisConnection, T> task) {
		requireAgreement();
		try {
			return this.calls.run(task);
		}
		catch (RuntimeException ex) {
			this.agreement = Agreement.LIKELY;
			throw ex;
		}
	}

	/**
	 * What the script made of the events.
	 *
	 * @param epoch the epoch
	 * @param publishError why the message was refused though the events are stored; empty
	 * if it was not
	 * @param results for each event its position, or an error after an exclamation mark
	 */
	record PublishAnswer(String epoch, String publishError, List<String> results) {

		/** To a call without events, which is not made. */
		static final PublishAnswer NONE = new PublishAnswer("", "", List.of());

	}

	/**
	 * A position that instances have been told.
	 *
	 * @param position the position
	 * @param sent whether the message was sent: the user may lack the channel
	 */
	record Announcement(RedisPosition position, boolean sent) {

	}

	/**
	 * Some recent events.
	 *
	 * @param position the position at that moment
	 * @param events what was found
	 * @param foreign how many entries were none of ours
	 */
	record RecentPage(RedisPosition position, List<Numbered> events, int foreign) {

	}

	/** What is known of the layout of partition 0, which decides for all. */
	private enum Agreement {

		/** It is not known to be ours. */
		NONE,

		/** It was ours before a failure. */
		LIKELY,

		/** It is ours. */
		SURE

	}

	/** The keys and arguments of a script, beginning with those that all have. */
	private final class Call {

		private final List<byte[]> keys = new ArrayList<>();

		private final List<byte[]> arguments = new ArrayList<>();

		Call(@Nullable Position position) {
			key(RedisPartition.this.layout.seq());
			key(RedisPartition.this.layout.recent());
			argument(RedisLayout.utf8(RedisLayout.FORMAT));
			argument(RedisPartition.this.options.partitions());
			argument(RedisLayout.utf8(RedisPartition.this.options.application()));
			argument(RedisLayout.utf8(Position.newEpoch()));
			argument(RedisLayout.utf8(position != null ? position.epoch() : ""));
			argument(position != null ? position.sequence() : 0);
		}

		void key(byte[] key) {
			this.keys.add(key);
		}

		void argument(byte[] argument) {
			this.arguments.add(argument);
		}

		void argument(long argument) {
			argument(RedisLayout.utf8(Long.toString(argument)));
		}

		List<?> run(Script script) {
			return connected((connection) -> run(connection, script));
		}

		List<?> run(RedisConnection connection, Script script) {
			List<byte[]> all = new ArrayList<>(this.keys);
			all.addAll(this.arguments);
			return script.run(connection, this.keys.size(), all.toArray(new byte[0][]));
		}

	}

}
