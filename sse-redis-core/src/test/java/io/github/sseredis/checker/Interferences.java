package io.github.sseredis.checker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.RedisConnectionFailureException;

/** What goes wrong between an instance and Redis, and collaborators that do nothing. */
final class Interferences {

	private Interferences() {
	}

	/** Loses one message in five. */
	static class LosesMessages extends Interference {

		private final AtomicInteger messages = new AtomicInteger();

		@Override
		boolean passes(byte[] message) {
			return !isEvents(message) || this.messages.incrementAndGet() % 5 != 0;
		}

	}

	/** Loses messages, and what is read to repair a hole has no events. */
	static final class DoesNotRepair extends LosesMessages {

		@Override
		@Nullable Object script(String name, int keys, byte[][] arguments, Supplier<@Nullable Object> call) {
			Object answer = call.get();
			// At the start a page is read backwards, to repair forwards.
			boolean forwards = name.equals("recent") && arguments[keys + 9].length == 0;
			return (forwards && answer instanceof List<?> page) ? withoutTopics(page) : answer;
		}

		private static List<?> withoutTopics(List<?> page) {
			List<Object> altered = new ArrayList<>(page);
			for (int i = 4; i < altered.size(); i += 3) {
				altered.set(i + 1, new byte[0]);
			}
			return altered;
		}

	}

	/** Loses all events from a moment on. */
	static class LosesTheLast extends Interference {

		private volatile boolean deaf;

		void turnDeaf() {
			this.deaf = true;
		}

		@Override
		boolean passes(byte[] message) {
			return !this.deaf || !isEvents(message);
		}

	}

	/**
	 * Loses all events from a moment on, and says that Redis is where the instance is.
	 */
	static final class DoesNotCheck extends LosesTheLast {

		@Override
		boolean passes(byte[] message) {
			return super.passes(message) && isEvents(message);
		}

		@Override
		@Nullable Object script(String name, int keys, byte[][] arguments, Supplier<@Nullable Object> call) {
			byte[] epoch = arguments[keys + 4];
			if (!name.equals("check") || epoch.length == 0) {
				return call.get();
			}
			byte[] sequence = arguments[keys + 5];
			byte[] channel = arguments[keys + 6];
			if (channel.length > 0) {
				receive(channel, utf8("1 " + text(epoch) + "\np " + text(sequence) + " 0 0\n"));
			}
			return List.of(epoch, sequence, new byte[0], utf8("checker"), new byte[0]);
		}

	}

	/** Loses the answer of every third call that publishes: it is repeated. */
	static class LosesAnswers extends Interference {

		private final AtomicInteger calls = new AtomicInteger();

		@Override
		@Nullable Object script(String name, int keys, byte[][] arguments, Supplier<@Nullable Object> call) {
			Object answer = call.get();
			if (name.equals("publish") && this.calls.incrementAndGet() % 3 == 0) {
				throw new RedisConnectionFailureException("the answer was lost");
			}
			return answer;
		}

	}

	/** Loses answers, and gives each call a sender and keys of idempotency of its own. */
	static final class ForgetsKeys extends LosesAnswers {

		private final AtomicInteger attempts = new AtomicInteger();

		@Override
		@Nullable Object script(String name, int keys, byte[][] arguments, Supplier<@Nullable Object> call) {
			int attempt = this.attempts.incrementAndGet();
			for (int i = 0; i < keys; i++) {
				String key = text(arguments[i]);
				if (key.contains(":idem:") || key.contains(":sender:")) {
					arguments[i] = utf8(key + "#" + attempt);
				}
			}
			return super.script(name, keys, arguments, call);
		}

	}

	/** Holds back what is read of the history of topics, while it is told to. */
	static final class HoldsHistory extends Interference {

		private final AtomicInteger reads = new AtomicInteger();

		private volatile CountDownLatch released = new CountDownLatch(0);

		void hold() {
			this.released = new CountDownLatch(1);
		}

		void release() {
			this.released.countDown();
		}

		/** How often something was read of it. */
		int reads() {
			return this.reads.get();
		}

		@Override
		@Nullable Object script(String name, int keys, byte[][] arguments, Supplier<@Nullable Object> call) {
			if (name.equals("history")) {
				this.reads.incrementAndGet();
				try {
					this.released.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
					throw new RedisConnectionFailureException("interrupted", ex);
				}
			}
			return call.get();
		}

	}

	private static boolean isEvents(byte[] message) {
		return text(message).contains("\ne ");
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
