package io.github.sseredis.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.sseredis.EventFrame;
import io.github.sseredis.ResetReason;
import io.github.sseredis.log.LogReader.Result;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

import static org.assertj.core.api.Assertions.assertThat;

/** A log and its readers, step by step, against {@link LogModel}. */
class LogModelTests {

	@Property(tries = 60, shrinking = ShrinkingMode.OFF)
	void doesWhatTheModelDoes(@ForAll long seed) {
		new Steps(new Random(seed)).run(300);
	}

	/** Random steps of one log, each followed by a look at everything. */
	private static final class Steps {

		private static final List<Integer> SIZES = List.of(0, 1, 20, 20, 20, 200, 1000, 20_000, 100_000);

		private final Random random;

		private final PartitionLog log;

		private final LogModel model;

		private final List<String> topics;

		private final Map<LogModel.Reader, LogReader> readers = new HashMap<>();

		private final List<LogModel.Reader> open = new ArrayList<>();

		private final List<Position> positions = new ArrayList<>();

		private final FrameBatch batch = new FrameBatch();

		private final long memory;

		private int epochs;

		Steps(Random random) {
			this.random = random;
			this.memory = List.of(500, 2000, 20_000, 200_000).get(random.nextInt(4));
			this.log = new PartitionLog(0, 1, this.memory);
			this.model = new LogModel(this.memory);
			this.topics = IntStream.range(0, 1 + random.nextInt(40)).mapToObj((i) -> "topic:" + i).toList();
			this.positions.add(new Position("UNKNOWN", 3));
		}

		void run(int steps) {
			for (int i = 0; i < steps; i++) {
				step();
				look();
			}
			this.open.forEach((reader) -> {
				this.readers.get(reader).close();
				reader.close();
			});
			Logs.begin(this.log, Logs.lineage("LASTONE"), 0);
			assertThat(Logs.topics(this.log)).isEmpty();
			assertThat(this.log.bytes()).isZero();
		}

		private void step() {
			int dice = this.random.nextInt(100);
			if (dice < 4 || this.epochs == 0) {
				start();
			}
			else if (dice < 8) {
				renew();
			}
			else if (dice < 45) {
				append();
			}
			else if (dice < 60) {
				addReader();
			}
			else if (!this.open.isEmpty()) {
				use(this.open.get(this.random.nextInt(this.open.size())), dice);
			}
		}

		private void start() {
			if (this.epochs == 0 && this.random.nextBoolean()) {
				addReader();
				return;
			}
			long sequence = Math.max(0, this.model.end + this.random.nextInt(20) - 10);
			Lineage lineage = this.random.nextInt(3) == 0 && this.model.lineage != null
					? new Lineage(this.model.lineage.epoch(), this.model.lineage.contained()) : nextLineage();
			this.log.start(lineage, sequence);
			this.model.start(lineage, sequence);
			appendSome(this.random.nextInt(5));
			if (this.random.nextInt(4) > 0) {
				publish();
			}
		}

		private void renew() {
			if (this.model.lineage != null) {
				Lineage lineage = nextLineage();
				this.log.renew(lineage);
				this.model.renew(lineage);
			}
		}

		private Lineage nextLineage() {
			Position known = this.model.position();
			Position was = known == null || this.random.nextInt(3) == 0 ? null
					: new Position(known.epoch(), Math.max(0, known.sequence() - this.random.nextInt(3)));
			return new Lineage("EPO" + (1000 + this.epochs++), was != null ? List.of(was) : List.of());
		}

		private void append() {
			appendSome(1 + this.random.nextInt(6));
			if (this.random.nextInt(5) > 0) {
				publish();
			}
		}

		private void appendSome(int count) {
			for (int i = 0; i < count; i++) {
				long sequence = this.model.appended + 1 + this.random.nextInt(10) / 9;
				String topic = this.topics.get((int) (Math.pow(this.random.nextDouble(), 3) * this.topics.size()));
				byte[] fields = EventFrame.encode(null, "x".repeat(SIZES.get(this.random.nextInt(SIZES.size()))));
				this.log.append(sequence, topic, fields);
				this.model.append(sequence, topic, fields);
			}
		}

		private void publish() {
			long sequence = this.model.appended + this.random.nextInt(10) / 9;
			this.log.publish(sequence);
			this.model.publish(sequence);
			this.positions.add(this.log.position());
			assertThat(this.log.bytes()).isEqualTo(this.model.held()).isLessThanOrEqualTo(this.memory);
		}

		private void addReader() {
			List<String> names = new ArrayList<>(this.topics);
			Collections.shuffle(names, this.random);
			int most = this.random.nextBoolean() ? 3 : 32;
			names = List.copyOf(names.subList(0, 1 + this.random.nextInt(Math.min(names.size(), most))));
			LogModel.Reader reader;
			LogReader added;
			switch (this.random.nextInt(5)) {
				case 0, 1 -> {
					reader = this.model.reader(names, this.model.position(), null);
					added = LogReader.open(this.log, names, Logs.nobody());
				}
				case 2, 3 -> {
					Position cursor = this.positions.get(this.random.nextInt(this.positions.size()));
					reader = this.model.reader(names, cursor, null);
					added = LogReader.resume(this.log, names, Logs.nobody(), cursor);
				}
				default -> {
					reader = this.model.reader(names, null, ResetReason.MALFORMED);
					added = LogReader.reset(this.log, names, Logs.nobody(), ResetReason.MALFORMED);
				}
			}
			this.readers.put(reader, added);
			this.open.add(reader);
		}

		private void use(LogModel.Reader reader, int dice) {
			LogReader tested = this.readers.get(reader);
			if (dice < 70) {
				tested.close();
				reader.close();
				this.open.remove(reader);
				read(tested, reader);
			}
			else if (dice < 74) {
				assertThat(tested.isPlaced()).isEqualTo(reader.isPlaced());
			}
			else {
				read(tested, reader);
			}
		}

		private void read(LogReader tested, LogModel.Reader reader) {
			this.batch.clear();
			Result result = tested.read(this.batch);
			assertThat(result).isEqualTo(reader.read());
			assertThat(Logs.sequences(this.batch))
				.isEqualTo(reader.found.stream().map(LogModel.Event::sequence).toList());
			for (int i = 0; i < this.batch.size(); i++) {
				assertThat(this.batch.frame(i)).isEqualTo(reader.found.get(i).frame());
			}
			if (result == Result.RESET && this.random.nextInt(4) > 0) {
				assertThat(tested.acceptReset()).isEqualTo(reader.acceptReset());
			}
		}

		private void look() {
			assertThat(this.log.position()).isEqualTo(this.model.position());
			assertThat(Logs.topics(this.log).keySet()).isEqualTo(this.model.topics.keySet());
			for (LogModel.Reader reader : this.open) {
				LogReader tested = this.readers.get(reader);
				assertThat(tested.position()).isEqualTo(reader.position());
				assertThat(tested.resetReason()).isEqualTo(reader.reset);
				assertThat(tested.lag())
					.isEqualTo(reader.place != null ? Math.max(0, this.model.end - reader.place.sequence()) : 0);
			}
			assertThat(this.model.topics.entrySet()
				.stream()
				.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().readers.size())))
				.allSatisfy((topic, count) -> assertThat(this.log.subscriberCount(topic)).isEqualTo(count));
		}

	}

}
