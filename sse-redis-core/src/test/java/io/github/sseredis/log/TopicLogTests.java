package io.github.sseredis.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

class TopicLogTests {

	private static final byte[] NOTHING = new byte[0];

	private final TopicLog log = new TopicLog("a", 10);

	@Test
	void isEmptyAtFirst() {
		assertThat(this.log.isEmpty()).isTrue();
		assertThat(this.log.isUnused()).isTrue();
		assertThat(this.log.indexAfter(0)).isZero();
		assertThat(this.log.at(0)).isNull();
		assertThat(this.log.at(-1)).isNull();
	}

	@Test
	void isIncompleteBeforeWhereItBegins() {
		assertThat(this.log.isIncompleteAfter(9)).isTrue();
		assertThat(this.log.isIncompleteAfter(10)).isFalse();
		LogEntry entry = this.log.add(15, NOTHING, 0);
		assertThat(this.log.isIncompleteAfter(10)).isFalse();
		this.log.drop(entry);
		assertThat(this.log.isIncompleteAfter(14)).isTrue();
		assertThat(this.log.isIncompleteAfter(15)).isFalse();
	}

	@Test
	void isIncompleteBeforeANewBeginningEvenWhenThatIsLower() {
		this.log.add(15, NOTHING, 0);
		this.log.clear(3);
		assertThat(this.log.isEmpty()).isTrue();
		assertThat(this.log.isIncompleteAfter(2)).isTrue();
		assertThat(this.log.isIncompleteAfter(3)).isFalse();
		assertThat(this.log.at(0)).isNull();
		assertThat(this.log.add(4, NOTHING, 0).index()).isOne();
		assertThat(this.log.indexAfter(3)).isOne();
	}

	@Test
	void indexesAreNeverUsedAgain() {
		LogEntry first = this.log.add(11, NOTHING, 0);
		this.log.drop(first);
		LogEntry second = this.log.add(12, NOTHING, 0);
		assertThat(second.index()).isEqualTo(1);
		assertThat(this.log.at(0)).isNull();
		assertThat(this.log.at(1)).isSameAs(second);
	}

	@Test
	void holdsNoMoreSlotsThanAFewTimesItsEntries() {
		Deque<LogEntry> entries = new ArrayDeque<>();
		for (int i = 0; i < 10_000; i++) {
			entries.add(this.log.add(100 + i, NOTHING, 0));
		}
		assertThat(slots()).isEqualTo(16_384);
		while (entries.size() > 1) {
			this.log.drop(entries.remove());
			assertThat(slots()).isLessThanOrEqualTo(Math.max(16, 4 * entries.size()));
			assertThat(this.log.at(entries.getFirst().index())).isSameAs(entries.getFirst());
			assertThat(this.log.at(entries.getLast().index())).isSameAs(entries.getLast());
		}
		this.log.drop(entries.remove());
		assertThat(slots()).isZero();
	}

	@Test
	void droppedEntriesAreNotKeptAlive() {
		LogEntry first = this.log.add(11, NOTHING, 0);
		this.log.add(12, NOTHING, 0);
		this.log.drop(first);
		assertThat((Object[]) ReflectionTestUtils.getField(this.log, "ring")).doesNotContain(first);
	}

	@Property(tries = 500)
	void agreesWithAPlainQueue(@ForAll("steps") List<Integer> steps) {
		TopicLog tested = new TopicLog("a", 0);
		List<LogEntry> expected = new ArrayList<>();
		long sequence = 0;
		long dropped = 0;
		for (int step : steps) {
			if (step > 0) {
				sequence += step;
				expected.add(tested.add(sequence, NOTHING, 0));
			}
			else if (!expected.isEmpty()) {
				for (int i = 0; i < -step && !expected.isEmpty(); i++) {
					LogEntry oldest = expected.remove(0);
					dropped = oldest.sequence();
					tested.drop(oldest);
				}
			}
			assertThat(tested.isEmpty()).isEqualTo(expected.isEmpty());
			assertThat(tested.isIncompleteAfter(dropped)).isFalse();
			assertThat(dropped == 0 || tested.isIncompleteAfter(dropped - 1)).isTrue();
			assertThat(after(tested, dropped)).isEqualTo(expected);
		}
		for (long after = dropped; after <= sequence + 1; after++) {
			long from = after;
			assertThat(after(tested, after))
				.isEqualTo(expected.stream().filter((entry) -> entry.sequence() > from).toList());
		}
	}

	@Test
	void subscribersAreSignalledOnceEach() {
		List<String> signals = new ArrayList<>();
		Subscriber one = () -> signals.add("one");
		Subscriber two = () -> signals.add("two");
		this.log.signal();
		this.log.subscribe(one);
		this.log.subscribe(one);
		this.log.subscribe(two);
		assertThat(this.log.subscriberCount()).isEqualTo(2);
		assertThat(this.log.isUnused()).isFalse();
		this.log.signal();
		assertThat(signals).containsExactlyInAnyOrder("one", "two");
		this.log.unsubscribe(one);
		this.log.unsubscribe(one);
		this.log.signal();
		assertThat(signals).hasSize(3).last().isEqualTo("two");
		this.log.unsubscribe(two);
		assertThat(this.log.subscriberCount()).isZero();
		assertThat(this.log.isUnused()).isTrue();
	}

	@Test
	void isTouchedOnceUntilItSignals() {
		assertThat(this.log.touch()).isTrue();
		assertThat(this.log.touch()).isFalse();
		this.log.signal();
		assertThat(this.log.touch()).isTrue();
	}

	@Test
	void isInUseWhenItHasEventsOrSubscribers() {
		LogEntry entry = this.log.add(11, NOTHING, 0);
		assertThat(this.log.isUnused()).isFalse();
		this.log.drop(entry);
		assertThat(this.log.isUnused()).isTrue();
	}

	/** Positive: add, that much later; negative: drop as many. */
	@Provide
	Arbitrary<List<Integer>> steps() {
		return Arbitraries
			.oneOf(Arbitraries.integers().between(1, 3), Arbitraries.integers().between(-3, -1),
					Arbitraries.integers().between(1, 2), Arbitraries.of(-20))
			.list()
			.ofMaxSize(120);
	}

	private int slots() {
		return ((Object[]) ReflectionTestUtils.getField(this.log, "ring")).length;
	}

	private static List<LogEntry> after(TopicLog log, long sequence) {
		List<LogEntry> entries = new ArrayList<>();
		long index = log.indexAfter(sequence);
		for (LogEntry entry = log.at(index); entry != null; entry = log.at(++index)) {
			entries.add(entry);
		}
		return entries;
	}

}
