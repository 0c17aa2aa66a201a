package io.github.sseredis.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

import io.github.sseredis.EventFrame;
import io.github.sseredis.log.LogReader.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One thread writes a log and lets it begin anew, roll back and go on under other epochs;
 * others read it, open and close readers, also while these read. Each reader is to see
 * exactly what was published on its topics, or a reset, and no signal is to be missed.
 */
@Timeout(60)
class LogRaceTests {

	private static final long TIME = TimeUnit.MILLISECONDS.toNanos(400);

	private static final int MOST_TOPICS = 40;

	private final long seed = System.nanoTime();

	private final Truth truth = new Truth();

	private final AtomicReference<Throwable> failure = new AtomicReference<>();

	/** Positions that clients may come back with. */
	private final AtomicReferenceArray<Position> positions = new AtomicReferenceArray<>(64);

	private final Queue<LogReader> toClose = new ConcurrentLinkedQueue<>();

	private volatile boolean over;

	private volatile long resets;

	@Test
	void readersSeeEverythingWhenNothingIsDropped() throws InterruptedException {
		PartitionLog log = new PartitionLog(0, 1, 1L << 30);
		race(log, new Writer(log, 5, 0));
		assertThat(this.resets).isZero();
	}

	@Test
	void readersSeeEverythingOrResetWhenEventsAreDropped() throws InterruptedException {
		PartitionLog log = new PartitionLog(0, 1, 16 * 1024);
		race(log, new Writer(log, 5, 0));
	}

	@Test
	void readersSeeEverythingOrResetWhenTopicsComeAndGo() throws InterruptedException {
		PartitionLog log = new PartitionLog(0, 1, 16 * 1024);
		race(log, new Writer(log, MOST_TOPICS, 0));
	}

	@Test
	void readersSeeEverythingOrResetWhenTheLogBeginsAnew() throws InterruptedException {
		PartitionLog log = new PartitionLog(0, 1, 64 * 1024);
		race(log, new Writer(log, 20, 20));
	}

	@Test
	void readersSeeEverythingOrResetWhenTheLogBeginsAnewAgainAndAgain() throws InterruptedException {
		PartitionLog log = new PartitionLog(0, 1, 64 * 1024);
		race(log, new Writer(log, 4, 500));
	}

	private void race(PartitionLog log, Writer writer) throws InterruptedException {
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			Random random = new Random(this.seed + i);
			threads.add(new Thread(guarded(() -> stay(log, writer, random)), "stays-" + i));
		}
		for (int i = 3; i < 6; i++) {
			Random random = new Random(this.seed + i);
			threads.add(new Thread(guarded(() -> comeAndGo(log, writer, random)), "comes-and-goes-" + i));
		}
		threads.add(new Thread(guarded(this::closeOthersReaders), "closes"));
		threads.forEach(Thread::start);
		try {
			guarded(writer::run).run();
		}
		finally {
			this.over = true;
		}
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(this.failure.get()).as("seed %d, %d events", this.seed, this.truth.end()).isNull();
		Logs.begin(log, Logs.lineage("LASTONE"), 0);
		assertThat(Logs.topics(log)).isEmpty();
		assertThat(log.bytes()).isZero();
	}

	private Runnable guarded(Runnable action) {
		return () -> {
			try {
				action.run();
			}
			catch (Throwable ex) {
				this.failure.compareAndSet(null, ex);
				this.over = true;
			}
		};
	}

	// Reads like a connection, only when it is signalled.
	private void stay(PartitionLog log, Writer writer, Random random) {
		Semaphore signals = new Semaphore(0);
		CheckedReader reader = new CheckedReader(log, writer, random, signals::release);
		do {
			signals.drainPermits();
			reader.readUpToNow();
		}
		while (awaitSignal(signals, writer));
		// What is left without a signal would not have been read before the next.
		assertThat(reader.readOnce()).isEqualTo(Result.UP_TO_DATE);
		assertThat(reader.batch.size()).as("events without a signal").isZero();
		reader.reader.close();
	}

	private boolean awaitSignal(Semaphore signals, Writer writer) {
		while (true) {
			boolean last = writer.done;
			try {
				if (signals.tryAcquire(1, TimeUnit.MILLISECONDS)) {
					return true;
				}
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			if (last) {
				return false;
			}
		}
	}

	private void comeAndGo(PartitionLog log, Writer writer, Random random) {
		while (!this.over) {
			CheckedReader reader = new CheckedReader(log, writer, random, () -> {
			});
			boolean others = random.nextBoolean();
			if (others) {
				this.toClose.add(reader.reader);
			}
			for (int i = random.nextInt(6); i >= 0; i--) {
				reader.readOnce();
			}
			while (others && !this.over && !reader.closed) {
				reader.readOnce();
			}
			reader.reader.close();
			reader.readOnce();
		}
	}

	private void closeOthersReaders() {
		while (!this.over || !this.toClose.isEmpty()) {
			LogReader reader = this.toClose.poll();
			if (reader != null) {
				reader.close();
			}
		}
	}

	/** A reader, and the truth beside it. */
	private final class CheckedReader {

		private final FrameBatch batch = new FrameBatch();

		private final Set<Integer> topics = new HashSet<>();

		private final LogReader reader;

		private Position place;

		private boolean closed;

		CheckedReader(PartitionLog log, Writer writer, Random random, Runnable signal) {
			List<Integer> all = new ArrayList<>(IntStream.range(0, writer.topics).boxed().toList());
			Collections.shuffle(all, random);
			this.topics.addAll(all.subList(0, 1 + random.nextInt(Math.min(all.size(), random.nextBoolean() ? 3 : 32))));
			List<String> names = this.topics.stream().map(String::valueOf).toList();
			Subscriber subscriber = new Subscriber() {

				@Override
				public void signal() {
					signal.run();
				}

			};
			Position cursor = LogRaceTests.this.positions.get(random.nextInt(64));
			this.reader = cursor == null || random.nextInt(3) == 0 ? LogReader.open(log, names, subscriber)
					: LogReader.resume(log, names, subscriber, cursor);
			this.place = this.reader.position();
		}

		void readUpToNow() {
			Result result;
			do {
				result = readOnce();
			}
			while (result == Result.MORE || result == Result.RESET);
		}

		Result readOnce() {
			this.batch.clear();
			Result result = this.reader.read(this.batch);
			switch (result) {
				case MORE, UP_TO_DATE -> checkFound();
				case RESET -> {
					assertThat(this.batch.size()).isZero();
					LogRaceTests.this.resets++;
					Position position = this.reader.acceptReset();
					if (position == null) {
						return Result.WAITING;
					}
					this.place = position;
				}
				case WAITING -> assertThat(this.batch.size()).isZero();
				case CLOSED -> {
					assertThat(this.batch.size()).isZero();
					this.closed = true;
				}
			}
			return result;
		}

		private void checkFound() {
			Position position = this.reader.position();
			if (!position.epoch().equals(this.place.epoch())) {
				assertThat(LogRaceTests.this.truth.contains(position.epoch(), this.place))
					.as("%s goes on in %s", this.place, position)
					.isTrue();
			}
			assertThat(position.sequence()).isGreaterThanOrEqualTo(this.place.sequence());
			List<Long> expected = LogRaceTests.this.truth.between(this.place, position, this.topics);
			List<Long> found = Logs.sequences(this.batch);
			if (!found.equals(expected)) {
				throw new AssertionError("From " + this.place + " to " + position + " expected " + expected + ", found "
						+ found + " on " + this.topics);
			}
			for (int i = 0; i < found.size(); i++) {
				String data = "data: " + found.get(i) + "\n";
				byte[] frame = this.batch.frame(i);
				assertThat(new String(frame, 0, data.length(), StandardCharsets.US_ASCII)).isEqualTo(data);
			}
			this.place = position;
		}

	}

	/** The one thread that writes. */
	private final class Writer {

		private static final int BATCH = 16;

		private final PartitionLog log;

		private final int topics;

		private final int changesInTenThousand;

		private final Random random = new Random(LogRaceTests.this.seed - 1);

		private Lineage lineage;

		private int epochs;

		private volatile boolean done;

		Writer(PartitionLog log, int topics, int changesInTenThousand) {
			this.log = log;
			this.topics = topics;
			this.changesInTenThousand = changesInTenThousand;
			lose();
		}

		void run() {
			try {
				long deadline = System.nanoTime() + TIME;
				while (!LogRaceTests.this.over && System.nanoTime() < deadline) {
					if (this.random.nextInt(10_000) < this.changesInTenThousand) {
						change();
					}
					else {
						publish();
					}
					if (this.random.nextInt(4) == 0) {
						LogRaceTests.this.positions.set(this.random.nextInt(64), this.log.position());
					}
				}
				LogRaceTests.this.over = true;
			}
			finally {
				this.done = true;
			}
		}

		private void publish() {
			long sequence = this.log.end();
			boolean burst = this.random.nextInt(200) == 0;
			int single = this.random.nextInt(this.topics);
			for (int i = this.random.nextInt(burst ? 100 : BATCH); i >= 0; i--) {
				int topic = burst ? single : (int) (this.topics * Math.pow(this.random.nextDouble(), 3));
				if (this.random.nextInt(20) == 0) {
					LogRaceTests.this.truth.add(Truth.NOBODY);
					sequence++;
				}
				LogRaceTests.this.truth.add(topic);
				append(++sequence, topic);
			}
			this.log.publish(sequence);
		}

		private void append(long sequence, int topic) {
			this.log.append(sequence, String.valueOf(topic), EventFrame.encode(null, String.valueOf(sequence)));
		}

		private void change() {
			switch (this.random.nextInt(8)) {
				case 0 -> lose();
				case 1, 2 -> rollBack();
				case 3, 4 -> miss();
				default -> renew();
			}
		}

		private void lose() {
			this.lineage = Logs.lineage("EP" + (10000 + this.epochs++));
			LogRaceTests.this.truth.forget(this.lineage.epoch());
			fill(0);
		}

		private void renew() {
			long end = this.log.end();
			this.lineage = Logs.lineage("EP" + (10000 + this.epochs++), new Position(this.lineage.epoch(), end));
			LogRaceTests.this.truth.begin(this.lineage.epoch(), end);
			this.log.renew(this.lineage);
		}

		private void rollBack() {
			long contained = Math.max(0, this.log.end() - this.random.nextInt(30));
			this.lineage = Logs.lineage("EP" + (10000 + this.epochs++), new Position(this.lineage.epoch(), contained));
			LogRaceTests.this.truth.begin(this.lineage.epoch(), contained);
			fill(contained);
		}

		// A hole that cannot be repaired.
		private void miss() {
			for (int i = this.random.nextInt(50); i >= 0; i--) {
				LogRaceTests.this.truth.add(this.random.nextInt(this.topics));
			}
			this.lineage = new Lineage(this.lineage.epoch(), this.lineage.contained());
			fill(LogRaceTests.this.truth.end());
		}

		private void fill(long upTo) {
			long first = Math.max(0, upTo - this.random.nextInt(40));
			this.log.start(this.lineage, first);
			for (long sequence = first + 1; sequence <= upTo; sequence++) {
				int topic = LogRaceTests.this.truth.topicOf(sequence);
				if (topic != Truth.NOBODY) {
					append(sequence, topic);
				}
			}
			this.log.publish(upTo);
		}

	}

}
