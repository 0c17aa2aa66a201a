package io.github.sseredis.log;

import java.util.Optional;
import java.util.Random;

import io.github.sseredis.EventId;
import io.github.sseredis.HostileText;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** Cursors that clients made up or damaged. In each try a thousand. */
class CursorFuzzTests {

	private static final int A_TRY = 1000;

	private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	@Property(tries = 250, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE,
			shrinking = ShrinkingMode.OFF)
	void whatAClientSendsIsACursorOfOurFormOrNone(@ForAll Random random) {
		for (int i = 0; i < A_TRY; i++) {
			int partitions = 1 + random.nextInt(TopicPartitions.MAX);
			String id = random.nextInt(4) == 0 ? HostileText.any(random) : damaged(valid(partitions, random), random);
			Optional<Cursor> parsed = Cursor.parse(id, partitions);
			if (parsed.isPresent()) {
				EventId again = parsed.get().toEventId();
				assertThat(again.toString()).hasSizeLessThanOrEqualTo(EventId.MAX_LENGTH);
				assertThat(Cursor.parse(again.toString(), partitions)).isEqualTo(parsed);
				assertThat(withoutLeadingZeros(id, partitions)).isEqualTo(again.toString());
			}
		}
	}

	@Property(tries = 50, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE,
			shrinking = ShrinkingMode.OFF)
	void eventIdIsWhatHeadersAllowAndNothingElse(@ForAll Random random) {
		for (int i = 0; i < A_TRY; i++) {
			String text = random.nextBoolean() ? HostileText.any(random) : damaged(valid(2, random), random);
			boolean valid = !text.isEmpty() && text.length() <= EventId.MAX_LENGTH
					&& text.chars().allMatch((c) -> DIGITS.indexOf(c) >= 0 || c == '.' || c == '-');
			assertThat(isEventId(text)).as(text).isEqualTo(valid);
		}
	}

	private static boolean isEventId(String text) {
		try {
			return EventId.parse(text).toString().equals(text);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static String valid(int partitions, Random random) {
		@Nullable Position[] positions = new @Nullable Position[partitions];
		for (int i = 0; i < partitions; i++) {
			if (partitions == 1 || random.nextBoolean()) {
				StringBuilder epoch = new StringBuilder();
				for (int n = 0; n < Position.EPOCH_LENGTH; n++) {
					epoch.append(DIGITS.charAt(random.nextInt(62)));
				}
				positions[i] = new Position(epoch.toString(), random.nextLong(Position.MAX_SEQUENCE));
			}
		}
		return Cursor.of(positions).toString();
	}

	private static String damaged(String id, Random random) {
		StringBuilder damaged = new StringBuilder(id);
		for (int changes = random.nextInt(3); changes > 0; changes--) {
			int at = random.nextInt(damaged.length() + 1);
			switch (random.nextInt(3)) {
				case 0 -> damaged.insert(at, (char) random.nextInt(128));
				case 1 -> damaged.delete(at, Math.min(damaged.length(), at + 1));
				default -> damaged.insert(at, "0.-\u0665\0".charAt(random.nextInt(5)));
			}
		}
		return damaged.toString();
	}

	private static String withoutLeadingZeros(String id, int partitions) {
		String head = partitions > 1 ? id.substring(0, 1) : "";
		StringBuilder text = new StringBuilder(head);
		String[] components = id.substring(head.length()).split("\\.", -1);
		for (int i = 0; i < components.length; i++) {
			text.append(i > 0 ? "." : "").append(components[i].replaceFirst("^(.{7})0+(?=.)", "$1"));
		}
		return text.toString();
	}

}
