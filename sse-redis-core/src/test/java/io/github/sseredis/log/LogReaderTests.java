package io.github.sseredis.log;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.github.sseredis.ResetReason;
import io.github.sseredis.log.LogReader.Result;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogReaderTests {

	private final FrameBatch batch = new FrameBatch();

	private final PartitionLog log = Logs.begun(Logs.MUCH);

	@Test
	void readsWhatIsPublishedAfterItWasOpened() {
		Logs.publish(this.log, "a");
		LogReader reader = open("a");
		assertThat(reader.position()).isEqualTo(at(1));
		assertUpToDate(reader);
		Logs.publish(this.log, "a");
		Logs.publish(this.log, "b");
		Logs.publish(this.log, "a");
		assertThat(reader.lag()).isEqualTo(3);
		assertUpToDate(reader, 2, 4);
		assertThat(reader.position()).isEqualTo(at(4));
		assertThat(reader.lag()).isZero();
		assertUpToDate(reader);
	}

	@Test
	void goesOnAfterItsPosition() {
		for (int i = 0; i < 10; i++) {
			Logs.publish(this.log, i % 2 == 0 ? "a" : "b");
		}
		for (int from = 0; from <= 10; from++) {
			long after = from;
			assertUpToDate(resume(from, "a"), IntStream.of(1, 3, 5, 7, 9).filter((i) -> i > after).toArray());
			assertUpToDate(resume(from, "b", "a"), IntStream.rangeClosed(from + 1, 10).toArray());
		}
	}

	@Test
	void mergesItsTopicsInOrder() {
		String[] topics = IntStream.range(0, 32).mapToObj((i) -> "t" + i).toArray(String[]::new);
		LogReader reader = open(topics);
		for (int i = 0; i < 1000; i++) {
			Logs.publish(this.log, "t" + (i * 7919 % 37));
		}
		List<Long> expected = IntStream.range(0, 1000)
			.filter((i) -> i * 7919 % 37 < 32)
			.mapToObj((i) -> i + 1L)
			.toList();
		assertThat(readAll(reader)).isEqualTo(expected);
		assertThat(reader.position()).isEqualTo(at(1000));
	}

	@Test
	void readsEachEventOnceWhenATopicIsNamedTwice() {
		LogReader reader = open("a", "b", "a");
		Logs.publish(this.log, "a");
		assertUpToDate(reader, 1);
		assertThat(reader.topics()).containsExactly("a", "b");
		reader.close();
		assertThat(Logs.topics(this.log)).containsOnlyKeys("a");
	}

	@Test
	void readsNothingBeyondTheEnd() {
		LogReader reader = open("a");
		LogReader merged = open("a", "b");
		Logs.append(this.log, 1, "a");
		Logs.append(this.log, 2, "b");
		assertUpToDate(reader);
		this.log.publish(2);
		Logs.append(this.log, 3, "a");
		Logs.append(this.log, 4, "b");
		assertUpToDate(reader, 1);
		assertUpToDate(merged, 1, 2);
		assertThat(merged.position()).isEqualTo(at(2));
		this.log.publish(4);
		assertUpToDate(reader, 3);
		assertUpToDate(merged, 3, 4);
	}

	@Test
	void stopsWhenTheBatchIsFull() {
		LogReader one = open("a");
		LogReader merged = open("a", "b");
		for (int i = 0; i < 5; i++) {
			Logs.publish(this.log, "a", FrameBatch.LIMIT / 2);
		}
		for (LogReader reader : List.of(one, merged)) {
			assertThat(read(reader)).isEqualTo(Result.MORE);
			assertThat(Logs.sequences(this.batch)).containsExactly(1L, 2L);
			assertThat(reader.position()).isEqualTo(at(2));
			assertThat(read(reader)).isEqualTo(Result.MORE);
			assertThat(Logs.sequences(this.batch)).containsExactly(3L, 4L);
			assertUpToDate(reader, 5);
		}
	}

	@Test
	void isUpToDateWhenTheLastEventFillsTheBatch() {
		LogReader one = open("a");
		LogReader merged = open("a", "b");
		Logs.publish(this.log, "a", 2 * FrameBatch.LIMIT);
		assertUpToDate(one, 1);
		assertUpToDate(merged, 1);
	}

	@Test
	void goesOnWhereTheEpochsPartWhenTheLogHasNotComeThatFar() {
		Logs.publish(this.log, "a");
		this.log.keptIn(new Located());
		LogReader reader = resume(9, "a");
		this.log.renew(Logs.lineage("BBBBBBB", at(3)));
		assertThat(read(reader)).isEqualTo(Result.RESET);
		assertThat(reader.resetReason()).isEqualTo(ResetReason.ROLLED_BACK);
		assertThat(reader.acceptReset()).isEqualTo(new Position("BBBBBBB", 3));
		for (int i = 2; i <= 4; i++) {
			Logs.publish(this.log, "a");
		}
		assertUpToDate(reader, 4);
	}

	@Test
	void resetsAPositionThatThereIsNot() {
		Logs.publish(this.log, "a");
		LogReader reader = resume(3, "a");
		assertThat(reader.read(new FrameBatch())).isEqualTo(Result.RESET);
		assertThat(reader.resetReason()).isEqualTo(ResetReason.ROLLED_BACK);
	}

	@Test
	void keepsAPositionThatIsAheadOfTheLog() {
		Located history = new Located();
		this.log.keptIn(history);
		Logs.publish(this.log, "a");
		LogReader reader = resume(3, "a");
		assertThat(reader.isPlaced()).isTrue();
		assertThat(reader.position()).isEqualTo(at(3));
		assertThat(reader.lag()).isZero();
		assertThat(read(reader)).isEqualTo(Result.WAITING);
		history.answer(at(3));
		assertUpToDate(reader);
		Logs.publish(this.log, "a");
		Logs.publish(this.log, "a");
		assertUpToDate(reader);
		assertThat(reader.position()).isEqualTo(at(3));
		Logs.publish(this.log, "a");
		assertUpToDate(reader, 4);
		assertThat(reader.position()).isEqualTo(at(4));
	}

	@Test
	void resetsAPositionThatIsAheadOfEverything() {
		Located history = new Located();
		this.log.keptIn(history);
		LogReader reader = resume(3, "a");
		assertThat(read(reader)).isEqualTo(Result.WAITING);
		history.answer(at(2));
		assertThat(read(reader)).isEqualTo(Result.RESET);
		assertThat(reader.resetReason()).isEqualTo(ResetReason.ROLLED_BACK);
	}

	@Test
	void goesOnWhereTheLogHadNotHeardOfTheEpochOfItsCursor() {
		Located history = new Located();
		this.log.keptIn(history);
		Logs.publish(this.log, "a");
		Position cursor = new Position("BBBBBBB", 2);
		LogReader reader = LogReader.resume(this.log, List.of("a"), Logs.nobody(), cursor);
		assertThat(reader.isPlaced()).isFalse();
		assertThat(reader.resetReason()).isNull();
		assertThat(reader.position()).isEqualTo(cursor);
		assertThat(read(reader)).isEqualTo(Result.WAITING);
		history.answer(new Position("BBBBBBB", 3));
		assertThat(read(reader)).isEqualTo(Result.WAITING);
		this.log.renew(Logs.lineage("BBBBBBB", at(1)));
		Logs.publish(this.log, "a");
		assertThat(reader.isPlaced()).isTrue();
		history.answer(new Position("BBBBBBB", 3));
		assertUpToDate(reader);
		Logs.publish(this.log, "a");
		assertUpToDate(reader, 3);
	}

	@Test
	void resetsACursorOfAnEpochThatIsKnownNowhere() {
		Located history = new Located();
		this.log.keptIn(history);
		LogReader reader = LogReader.resume(this.log, List.of("a"), Logs.nobody(), new Position("ZZZZZZZ", 2));
		assertThat(read(reader)).isEqualTo(Result.WAITING);
		history.answer(at(7));
		assertThat(read(reader)).isEqualTo(Result.RESET);
		assertThat(reader.resetReason()).isEqualTo(ResetReason.UNKNOWN_EPOCH);
		assertThat(reader.acceptReset()).isEqualTo(at(0));
		assertUpToDate(reader);
	}

	@Test
	void resetsAtOnceACursorThatWasLost() {
		this.log.keptIn(new Located());
		Logs.begin(this.log, Logs.lineage("BBBBBBB", at(3)), 5);
		LogReader reader = resume(4, "a");
		assertThat(reader.resetReason()).isEqualTo(ResetReason.ROLLED_BACK);
		assertThat(read(reader)).isEqualTo(Result.RESET);
	}

	@Test
	void resetsWhenAnEventItShouldReadWasDropped() {
		PartitionLog small = Logs.begun(3000);
		LogReader reader = LogReader.open(small, List.of("a"), Logs.nobody());
		assertThat(read(reader)).isEqualTo(Result.UP_TO_DATE);
		Logs.publish(small, "a", 1000);
		Logs.publish(small, "a", 1000);
		Logs.publish(small, "a", 1000);
		assertThat(read(reader)).isEqualTo(Result.RESET);
		assertThat(this.batch.size()).isZero();
		assertThat(reader.resetReason()).isEqualTo(ResetReason.OVERFLOW);
		assertThat(reader.position()).isNull();
		assertThat(reader.isPlaced()).isFalse();
		assertThat(read(reader)).isEqualTo(Result.RESET);
		assertThat(reader.acceptReset()).isEqualTo(at(3));
		assertThat(reader.resetReason()).isNull();
		assertThat(reader.position()).isEqualTo(at(3));
		assertThat(read(reader)).isEqualTo(Result.UP_TO_DATE);
		Logs.publish(small, "a", 1000);
		assertThat(read(reader)).isEqualTo(Result.UP_TO_DATE);
		assertThat(Logs.sequences(this.batch)).containsExactly(4L);
	}

	@Test
	void resetsWhenOneOfItsTopicsIsNotComplete() {
		PartitionLog small = Logs.begun(3000);
		LogReader reader = LogReader.open(small, List.of("b", "a"), Logs.nobody());
		LogReader other = LogReader.open(small, List.of("b"), Logs.nobody());
		Logs.publish(small, "a", 1000);
		Logs.publish(small, "b", 1000);
		Logs.publish(small, "b", 1000);
		assertThat(read(reader)).isEqualTo(Result.RESET);
		assertThat(read(other)).isEqualTo(Result.UP_TO_DATE);
		assertThat(Logs.sequences(this.batch)).containsExactly(2L, 3L);
	}

	@Test
	void isCompleteWhenOnlyOthersEventsWereDropped() {
		PartitionLog small = Logs.begun(3000);
		LogReader reader = LogReader.open(small, List.of("a"), Logs.nobody());
		Logs.publish(small, "a", 100);
		assertThat(read(reader)).isEqualTo(Result.UP_TO_DATE);
		for (int i = 0; i < 100; i++) {
			Logs.publish(small, "b", 1000);
		}
		LogReader resumed = LogReader.resume(small, List.of("a"), Logs.nobody(), at(1));
		assertThat(resumed.isPlaced()).isTrue();
		assertThat(LogReader.resume(small, List.of("a"), Logs.nobody(), at(0)).isPlaced()).isFalse();
		Logs.publish(small, "a", 100);
		for (LogReader each : List.of(reader, resumed)) {
			assertThat(read(each)).isEqualTo(Result.UP_TO_DATE);
			assertThat(Logs.sequences(this.batch)).containsExactly(102L);
		}
	}

	@Test
	void isPlacedWhenNothingAfterItsPositionIsMissing() {
		PartitionLog small = Logs.begun(3000);
		for (int i = 0; i < 100; i++) {
			Logs.publish(small, "b", 1000);
		}
		// What was dropped of a topic without a log is not known: the log's number
		// counts.
		LogReader trimmed = LogReader.resume(small, List.of("a"), Logs.nobody(), at(97));
		assertThat(trimmed.isPlaced()).isFalse();
		assertThat(trimmed.resetReason()).isEqualTo(ResetReason.TRIMMED);
		assertThat(trimmed.position()).isNull();
		assertThat(LogReader.resume(small, List.of("a"), Logs.nobody(), at(98)).isPlaced()).isTrue();
		assertThat(LogReader.open(small, List.of("a"), Logs.nobody()).isPlaced()).isTrue();
	}

	@Test
	void isNotPlacedWhenATopicWasForgottenAndCameBack() {
		PartitionLog small = Logs.begun(3000);
		Logs.publish(small, "a", 1000);
		for (int i = 0; i < 10; i++) {
			Logs.publish(small, "b", 1000);
		}
		Logs.publish(small, "a", 1000);
		LogReader reader = LogReader.resume(small, List.of("a"), Logs.nobody(), at(0));
		assertThat(reader.isPlaced()).isFalse();
		assertThat(read(reader)).isEqualTo(Result.RESET);
	}

	@Test
	void resetsAsTrimmedWhenItNeverCaughtUp() {
		PartitionLog small = Logs.begun(3000);
		for (int i = 0; i < 100; i++) {
			Logs.publish(small, "a", 1000);
		}
		LogReader reader = LogReader.resume(small, List.of("a"), Logs.nobody(), at(50));
		assertThat(read(reader)).isEqualTo(Result.RESET);
		assertThat(reader.resetReason()).isEqualTo(ResetReason.TRIMMED);
	}

	@Test
	void readsWhatIsDroppedLaterOnlyOnce() {
		PartitionLog small = Logs.begun(3000);
		LogReader reader = LogReader.open(small, List.of("a"), Logs.nobody());
		for (long i = 1; i <= 1000; i++) {
			Logs.publish(small, "a", 1000);
			assertThat(read(reader)).isEqualTo(Result.UP_TO_DATE);
			assertThat(Logs.sequences(this.batch)).containsExactly(i);
		}
	}

	@Test
	void waitsWhileNoPositionIsKnown() {
		PartitionLog fresh = new PartitionLog(0, 1, Logs.MUCH);
		LogReader opened = LogReader.open(fresh, List.of("a"), Logs.nobody());
		LogReader resumed = LogReader.resume(fresh, List.of("a"), Logs.nobody(), at(5));
		LogReader foreign = LogReader.resume(fresh, List.of("a"), Logs.nobody(), new Position("ZZZZZZZ", 5));
		LogReader resetting = LogReader.reset(fresh, List.of("a"), Logs.nobody(), ResetReason.MALFORMED);
		for (LogReader reader : List.of(opened, resumed, foreign, resetting)) {
			assertThat(read(reader)).isEqualTo(Result.WAITING);
			assertThat(reader.isPlaced()).isFalse();
			assertThat(reader.acceptReset()).isNull();
			assertThat(reader.lag()).isZero();
		}
		assertThat(opened.position()).isNull();
		assertThat(resumed.position()).isEqualTo(at(5));
		assertThat(resetting.position()).isNull();
		Logs.begin(fresh, Logs.lineage("AAAAAAA"), 3);
		for (int i = 4; i < 8; i++) {
			Logs.publish(fresh, "a");
		}
		assertThat(read(opened)).isEqualTo(Result.RESET);
		assertThat(opened.resetReason()).isEqualTo(ResetReason.UNKNOWN_EPOCH);
		assertThat(resumed.isPlaced()).isTrue();
		assertUpToDate(resumed, 6, 7);
		assertThat(read(foreign)).isEqualTo(Result.RESET);
		assertThat(foreign.resetReason()).isEqualTo(ResetReason.UNKNOWN_EPOCH);
		assertThat(read(resetting)).isEqualTo(Result.RESET);
		assertThat(resetting.resetReason()).isEqualTo(ResetReason.MALFORMED);
		assertThat(foreign.acceptReset()).isEqualTo(at(7));
		for (LogReader reader : List.of(opened, resetting)) {
			assertThat(reader.acceptReset()).isEqualTo(at(3));
			assertUpToDate(reader, 4, 5, 6, 7);
		}
	}

	@Test
	void waitsWhileTheLogBeginsAnew() {
		LogReader reader = open("a");
		this.log.start(Logs.lineage("AAAAAAA"), 5);
		Logs.append(this.log, 6, "a");
		assertThat(read(reader)).isEqualTo(Result.WAITING);
		assertThat(reader.position()).isEqualTo(at(0));
		assertThat(reader.acceptReset()).isNull();
		this.log.publish(6);
		assertThat(read(reader)).isEqualTo(Result.RESET);
	}

	@Test
	void goesOnWhenTheLogBeginsAnewWhereItIs() {
		LogReader reader = open("a");
		LogReader behind = open("a");
		for (int i = 0; i < 5; i++) {
			Logs.publish(this.log, "a");
		}
		assertUpToDate(reader, 1, 2, 3, 4, 5);
		this.log.start(Logs.lineage("AAAAAAA"), 3);
		for (int i = 4; i <= 7; i++) {
			Logs.append(this.log, i, "a");
		}
		this.log.publish(7);
		assertUpToDate(reader, 6, 7);
		assertThat(read(behind)).isEqualTo(Result.RESET);
	}

	@Test
	void goesOnWhenTheNewEpochContainsItsPosition() {
		LogReader reader = open("a");
		Logs.publish(this.log, "a");
		assertUpToDate(reader, 1);
		this.log.renew(Logs.lineage("BBBBBBB", at(1)));
		Logs.publish(this.log, "a");
		assertUpToDate(reader, 2);
		assertThat(reader.position()).isEqualTo(new Position("BBBBBBB", 2));
		assertThat(Logs.frame(this.batch, 0)).endsWith("id: BBBBBBB2\n\n");
		assertUpToDate(resume(0, "a"), 1, 2);
	}

	@Test
	void positionIsOfTheNewEpochOnceItIsFoundContained() {
		LogReader reader = open("a");
		this.log.renew(Logs.lineage("BBBBBBB", at(0)));
		assertUpToDate(reader);
		assertThat(reader.position()).isEqualTo(new Position("BBBBBBB", 0));
		// A second change in a row must not find it in the first epoch still.
		this.log.renew(Logs.lineage("CCCCCCC", new Position("BBBBBBB", 0)));
		assertUpToDate(reader);
		assertThat(reader.position()).isEqualTo(new Position("CCCCCCC", 0));
	}

	@Test
	void resetsWhenTheNewEpochLacksItsPosition() {
		LogReader reader = open("a");
		Logs.publish(this.log, "a");
		Logs.publish(this.log, "a");
		assertUpToDate(reader, 1, 2);
		Logs.begin(this.log, Logs.lineage("BBBBBBB", at(1)), 1);
		Logs.publish(this.log, "a");
		assertThat(read(reader)).isEqualTo(Result.RESET);
		assertThat(reader.resetReason()).isEqualTo(ResetReason.ROLLED_BACK);
		assertThat(reader.acceptReset()).isEqualTo(new Position("BBBBBBB", 2));
		assertUpToDate(reader);
	}

	@Test
	void resetsWhenTheNewEpochKnowsNothingOfItsOwn() {
		LogReader reader = open("a");
		Logs.begin(this.log, Logs.lineage("BBBBBBB"), 0);
		assertThat(reader.isPlaced()).isFalse();
		assertThat(reader.resetReason()).isEqualTo(ResetReason.UNKNOWN_EPOCH);
		assertThat(read(reader)).isEqualTo(Result.RESET);
	}

	@Test
	void resetsWhenItSleptThroughTwoEpochs() {
		LogReader reader = open("a");
		this.log.renew(Logs.lineage("BBBBBBB", at(0)));
		this.log.renew(Logs.lineage("CCCCCCC", new Position("BBBBBBB", 0)));
		assertThat(read(reader)).isEqualTo(Result.RESET);
		assertThat(reader.resetReason()).isEqualTo(ResetReason.UNKNOWN_EPOCH);
	}

	@Test
	void resetGivenKeepsItsReasonWhateverTheLogDoes() {
		LogReader reader = LogReader.reset(this.log, List.of("a"), Logs.nobody(), ResetReason.MALFORMED);
		assertThat(reader.position()).isNull();
		assertThat(reader.isPlaced()).isFalse();
		assertThat(read(reader)).isEqualTo(Result.RESET);
		Logs.begin(this.log, Logs.lineage("BBBBBBB"), 0);
		assertThat(read(reader)).isEqualTo(Result.RESET);
		assertThat(reader.resetReason()).isEqualTo(ResetReason.MALFORMED);
		Logs.publish(this.log, "a");
		assertThat(reader.acceptReset()).isEqualTo(new Position("BBBBBBB", 1));
		Logs.publish(this.log, "a");
		assertUpToDate(reader, 2);
	}

	@Test
	void positionIsJudgedWhenTheLogBeginsAnewAfterAReset() {
		LogReader reader = LogReader.reset(this.log, List.of("a"), Logs.nobody(), ResetReason.MALFORMED);
		reader.acceptReset();
		Logs.begin(this.log, Logs.lineage("BBBBBBB"), 0);
		assertThat(read(reader)).isEqualTo(Result.RESET);
		assertThat(reader.resetReason()).isEqualTo(ResetReason.UNKNOWN_EPOCH);
	}

	@Test
	void readsNoFurtherOnceClosed() {
		LogReader one = open("a");
		LogReader merged = open("a", "b");
		Logs.publish(this.log, "b");
		one.close();
		merged.close();
		// Nobody holds the log of topic a any more: this goes to another.
		Logs.publish(this.log, "a");
		Logs.publish(this.log, "b");
		for (LogReader reader : List.of(one, merged)) {
			assertThat(read(reader)).isEqualTo(Result.CLOSED);
			assertThat(this.batch.size()).isZero();
			assertThat(reader.position()).isEqualTo(at(0));
		}
	}

	@Test
	void isSignalledUntilClosed() {
		List<String> signals = new ArrayList<>();
		LogReader reader = LogReader.open(this.log, List.of("a", "b"), () -> signals.add("signal"));
		Logs.publish(this.log, "a");
		Logs.publish(this.log, "b");
		assertThat(signals).hasSize(2);
		reader.close();
		Logs.publish(this.log, "a");
		assertThat(signals).hasSize(2);
		assertThat(this.log.subscriberCount("a")).isZero();
	}

	@Test
	void namesItsPartition() {
		PartitionLog second = new PartitionLog(1, 2, Logs.MUCH);
		assertThat(LogReader.open(second, List.of("a"), Logs.nobody()).partition()).isOne();
	}

	private LogReader open(String... topics) {
		return LogReader.open(this.log, List.of(topics), Logs.nobody());
	}

	private LogReader resume(long sequence, String... topics) {
		return LogReader.resume(this.log, List.of(topics), Logs.nobody(), at(sequence));
	}

	private Result read(LogReader reader) {
		this.batch.clear();
		return reader.read(this.batch);
	}

	private List<Long> readAll(LogReader reader) {
		List<Long> sequences = new ArrayList<>();
		Result result;
		do {
			result = read(reader);
			sequences.addAll(Logs.sequences(this.batch));
		}
		while (result == Result.MORE);
		assertThat(result).isEqualTo(Result.UP_TO_DATE);
		return sequences;
	}

	private void assertUpToDate(LogReader reader, int... sequences) {
		assertThat(read(reader)).isEqualTo(Result.UP_TO_DATE);
		assertThat(Logs.sequences(this.batch)).isEqualTo(IntStream.of(sequences).asLongStream().boxed().toList());
	}

	private static Position at(long sequence) {
		return new Position("AAAAAAA", sequence);
	}

	/** Keeps nothing, and tells where the numbers end when it is told to. */
	private static final class Located implements History {

		private final List<Consumer<Position>> asking = new ArrayList<>();

		@Override
		public void read(String topic, long after, Consumer<HistoryPage> answer) {
			answer.accept(HistoryPage.unproven("AAAAAAA"));
		}

		@Override
		public void locate(Consumer<Position> answer) {
			this.asking.add(answer);
		}

		void answer(Position end) {
			this.asking.forEach((answer) -> answer.accept(end));
			this.asking.clear();
		}

	}

}
