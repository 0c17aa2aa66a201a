package io.github.sseredis.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.sseredis.EventId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CursorTests {

	private static final Position a5 = new Position("AAAAAAA", 5);

	private static final Position b62 = new Position("BBBBBBB", 62);

	@Test
	void wireFormIsEpochAndSequenceWhenThereIsOnePartition() {
		assertThat(Cursor.of(a5)).hasToString("AAAAAAA5");
		assertThat(Cursor.of(b62).toEventId()).hasToString("BBBBBBB10");
	}

	@Test
	void wireFormHasAComponentForEachOfMorePartitions() {
		assertThat(Cursor.of(a5, b62)).hasToString("2AAAAAAA5.BBBBBBB10");
		assertThat(Cursor.of(null, b62)).hasToString("2.BBBBBBB10");
		assertThat(Cursor.of(a5, null, null)).hasToString("3AAAAAAA5..");
	}

	@Test
	void eightGreatestPositionsFitAnId() {
		Position greatest = new Position("zzzzzzz", Position.MAX_SEQUENCE - 1);
		Position[] positions = Stream.generate(() -> greatest).limit(8).toArray(Position[]::new);
		EventId id = Cursor.of(positions).toEventId();
		assertThat(id.toString()).hasSize(EventId.MAX_LENGTH);
		assertThat(Cursor.parse(id.toString(), 8)).contains(Cursor.of(positions));
	}

	@Property(tries = 500)
	void parseIsTheInverseOfToEventId(@ForAll("positions") List<Position> positions) {
		Cursor cursor = Cursor.of(positions.toArray(Position[]::new));
		String id = cursor.toEventId().toString();
		Optional<Cursor> parsed = Cursor.parse(id, positions.size());
		assertThat(parsed).contains(cursor);
		assertThat(parsed.orElseThrow()).hasSameHashCodeAs(cursor);
		for (int i = 0; i < positions.size(); i++) {
			assertThat(parsed.orElseThrow().position(i)).isEqualTo(positions.get(i));
		}
		for (int other = 1; other <= TopicPartitions.MAX; other++) {
			assertThat(Cursor.parse(id, other).isPresent()).isEqualTo(other == positions.size());
		}
	}

	@Property(tries = 2000)
	void garbageIsNoCursorAndNeverThrows(@ForAll("garbage") String id,
			@ForAll @IntRange(min = 1, max = 8) int partitions) {
		Optional<Cursor> parsed = Cursor.parse(id, partitions);
		if (parsed.isPresent()) {
			assertThat(id).matches("[0-9A-Za-z.]{8,128}");
			assertThat(Cursor.parse(parsed.get().toEventId().toString(), partitions)).isEqualTo(parsed);
		}
	}

	@Property(tries = 1000)
	void damagedIdIsNoCursorOrOneOfTheSameForm(@ForAll("positions") List<Position> positions,
			@ForAll("damage") String damage, @ForAll @IntRange(max = 130) int at,
			@ForAll @IntRange(max = 3) int removed) {
		String id = Cursor.of(positions.toArray(Position[]::new)).toString();
		int from = Math.min(at, id.length());
		String damaged = id.substring(0, from) + damage + id.substring(Math.min(from + removed, id.length()));
		Cursor.parse(damaged, positions.size())
			.ifPresent((cursor) -> assertThat(damaged).matches("[0-9A-Za-z.]{8,128}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "AAAAAAA", "AAAAAAA-1", "AAAAAAA5.", ".AAAAAAA5", "AAAAAA.5", "AAAAAAA5 ",
			" AAAAAAA5", "AAAAAAA5\n", "AAAAAAA1.5", "AAAAAAA\u0665", "\u00c4AAAAAA5", "AAAAAAA00000000000",
			"AAAAAAAzzzzzzzzzz" })
	void textIsNoCursorOfOnePartition(String id) {
		assertThat(Cursor.parse(id, 1)).isEmpty();
	}

	@Test
	void sequenceIsBelowTheGreatest() {
		StringBuilder id = new StringBuilder();
		new Position("AAAAAAA", Position.MAX_SEQUENCE).appendTo(id);
		assertThat(Cursor.parse(id.toString(), 1)).isEmpty();
		id.setLength(0);
		new Position("AAAAAAA", Position.MAX_SEQUENCE - 1).appendTo(id);
		assertThat(Cursor.parse(id.toString(), 1)).contains(Cursor.of(new Position("AAAAAAA", 99_999_999_999_999L)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "2", "2.", "2..", "2AAAAAAA5", "2AAAAAAA5..", "2AAAAAAA5.BBBBBBB",
			"2AAAAAAA.BBBBBBB1", "3AAAAAAA5.BBBBBBB1", "AAAAAAA5.BBBBBBB1", "2.AAAAAAA5.", "2AAAAAAA5.BBBBBBB1.",
			" 2AAAAAAA5.", "2AAAAAAA5. ", "2AAAAAAA5.-", "AAAAAAA5" })
	void textIsNoCursorOfTwoPartitions(String id) {
		assertThat(Cursor.parse(id, 2)).isEmpty();
	}

	@Test
	void textIsNoCursorWhenTooLong() {
		assertThat(Cursor.parse("A".repeat(100_000), 1)).isEmpty();
		assertThat(Cursor.parse("8" + ".".repeat(100_000), 8)).isEmpty();
	}

	@Test
	void positionsAreCopied() {
		Position[] positions = { a5, b62 };
		Cursor cursor = Cursor.of(positions);
		positions[0] = b62;
		assertThat(cursor.position(0)).isEqualTo(a5);
		assertThat(cursor).isEqualTo(Cursor.of(a5, b62)).isNotEqualTo(Cursor.of(b62, b62));
	}

	@Provide
	Arbitrary<List<Position>> positions() {
		Arbitrary<String> epochs = Arbitraries.strings()
			.withCharRange('0', '9')
			.withCharRange('A', 'Z')
			.withCharRange('a', 'z')
			.ofLength(Position.EPOCH_LENGTH);
		Arbitrary<Position> position = Combinators
			.combine(epochs, Arbitraries.longs().between(0, Position.MAX_SEQUENCE - 1))
			.as(Position::new);
		Arbitrary<List<Position>> some = position.injectNull(0.3).list().ofMinSize(1).ofMaxSize(TopicPartitions.MAX);
		return some.filter((list) -> list.stream().anyMatch((each) -> each != null)).map(ArrayList::new);
	}

	@Provide
	Arbitrary<String> garbage() {
		Arbitrary<String> likely = Arbitraries.strings().withChars("0128AZaz..-").ofMaxLength(140);
		return Arbitraries.oneOf(likely, Arbitraries.strings().ofMaxLength(140));
	}

	@Provide
	Arbitrary<String> damage() {
		return Arbitraries.oneOf(Arbitraries.of(Arrays.asList("", ".", "-", "\n", "\0", "\u0665", " ")),
				Arbitraries.strings().ofMaxLength(3));
	}

}
