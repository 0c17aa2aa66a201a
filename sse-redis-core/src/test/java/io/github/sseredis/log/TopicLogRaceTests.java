package io.github.sseredis.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** One thread appends and drops, others find what they should or find it incomplete. */
@Timeout(60)
class TopicLogRaceTests {

	private static final byte[] NOTHING = new byte[0];

	private static final long TIME = TimeUnit.MILLISECONDS.toNanos(200);

	private final TopicLog log = new TopicLog("a", 0);

	/** What may be read; what the writer appends after it, readers leave. */
	private volatile long end;

	private volatile boolean over;

	private final AtomicReference<Throwable> failure = new AtomicReference<>();

	@ParameterizedTest
	@CsvSource({ "1, 1", "2, 1", "3, 1", "7, 1", "17, 9", "100, 99", "500, 400" })
	void readerFindsEverythingOrThatItIsIncomplete(int most, int swing) throws InterruptedException {
		long seed = System.nanoTime();
		List<Thread> readers = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			Random random = new Random(seed + i);
			readers.add(new Thread(() -> read(random, most + 1)));
		}
		readers.forEach(Thread::start);
		write(new Random(seed + 10), most, swing);
		this.over = true;
		for (Thread reader : readers) {
			reader.join();
		}
		assertThat(this.failure.get()).as("seed %d, %d entries appended", seed, this.end).isNull();
	}

	private void write(Random random, int most, int swing) {
		Deque<LogEntry> entries = new ArrayDeque<>();
		long deadline = System.nanoTime() + TIME;
		long sequence = 0;
		while (System.nanoTime() < deadline) {
			int room = most - random.nextInt(swing);
			for (int i = 0; i < most; i++) {
				entries.add(this.log.add(++sequence, NOTHING, 0));
				this.end = sequence;
				while (entries.size() > room) {
					this.log.drop(entries.remove());
				}
			}
		}
	}

	private void read(Random random, int most) {
		try {
			while (!this.over) {
				long upTo = this.end;
				long after = Math.max(0, upTo - random.nextInt(most + 1));
				long expected = after;
				long index = this.log.indexAfter(after);
				LogEntry entry = this.log.at(index);
				while (entry != null && entry.sequence() <= upTo && entry.sequence() == expected + 1) {
					expected++;
					entry = this.log.at(++index);
				}
				if (expected != upTo && !this.log.isIncompleteAfter(after)) {
					throw new AssertionError("After " + after + " up to " + upTo + " only up to " + expected
							+ " was found, then " + entry);
				}
			}
		}
		catch (Throwable ex) {
			this.failure.compareAndSet(null, ex);
		}
	}

}
