package io.github.sseredis.redis;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import io.github.sseredis.ControlOrder;
import io.github.sseredis.HostileText;
import io.github.sseredis.log.Position;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes from Redis and may not be ours. In each try a thousand. */
class DecoderFuzzTests {

	private static final int A_TRY = 1000;

	@Property(tries = 50, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE,
			shrinking = ShrinkingMode.OFF)
	void messageSaysWhatWasWrittenIntoIt(@ForAll Random random) {
		for (int i = 0; i < A_TRY; i++) {
			List<Numbered> records = records(random);
			LiveMessage message = LiveMessage.parse(message(records)).orElseThrow();
			assertThat(message.records()).hasSameSizeAs(records);
			for (int n = 0; n < records.size(); n++) {
				assertThat(message.records().get(n).sequence()).isEqualTo(records.get(n).sequence());
				assertThat(message.records().get(n).topic()).isEqualTo(records.get(n).topic());
				assertThat(message.records().get(n).fields()).isEqualTo(records.get(n).fields());
			}
		}
	}

	@Property(tries = 150, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE,
			shrinking = ShrinkingMode.OFF)
	void damagedMessageIsRefusedOrStaysWithinItsBounds(@ForAll Random random) {
		for (int i = 0; i < A_TRY; i++) {
			byte[] bytes = damaged(message(records(random)), random);
			Optional<LiveMessage> parsed = LiveMessage.parse(bytes);
			if (parsed.isPresent()) {
				LiveMessage message = parsed.get();
				assertThat(Position.isEpoch(message.epoch())).isTrue();
				assertThat(message.newest()).isBetween(0L, Position.MAX_SEQUENCE - 1);
				long size = 0;
				for (Numbered record : message.records()) {
					assertThat(record.sequence()).isBetween(0L, Position.MAX_SEQUENCE - 1);
					size += record.fields().length;
				}
				assertThat(size).isLessThanOrEqualTo(bytes.length);
			}
		}
	}

	@Property(tries = 50, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE,
			shrinking = ShrinkingMode.OFF)
	void orderIsTheOneGivenOrNone(@ForAll Random random) {
		for (int i = 0; i < A_TRY; i++) {
			String principal = HostileText.any(random);
			if (!HostileText.isLossy(principal)) {
				byte[] fields = new ControlOrder(principal).toEvent().fields();
				assertThat(ControlOrder.parse(fields)).contains(new ControlOrder(principal));
			}
			ControlOrder.parse(damaged(new ControlOrder(principal).toEvent().fields(), random));
		}
	}

	private static List<Numbered> records(Random random) {
		List<Numbered> records = new ArrayList<>();
		for (int count = random.nextInt(4); count > 0; count--) {
			String topic = HostileText.any(random);
			byte[] fields = HostileText.any(random).getBytes(StandardCharsets.UTF_8);
			if (!topic.isEmpty() && !HostileText.isLossy(topic)) {
				records.add(new Numbered(random.nextLong(Position.MAX_SEQUENCE), topic, fields));
			}
		}
		return records;
	}

	private static byte[] message(List<Numbered> records) {
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		message.writeBytes("1 AbCdEf9\n".getBytes(StandardCharsets.UTF_8));
		for (Numbered record : records) {
			byte[] topic = String.valueOf(record.topic()).getBytes(StandardCharsets.UTF_8);
			String head = "e " + record.sequence() + " " + topic.length + " " + record.fields().length + "\n";
			message.writeBytes(head.getBytes(StandardCharsets.UTF_8));
			message.writeBytes(topic);
			message.writeBytes(record.fields());
		}
		return message.toByteArray();
	}

	private static byte[] damaged(byte[] bytes, Random random) {
		byte[] damaged = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1))
				: bytes.clone();
		for (int changes = random.nextInt(4); changes > 0 && damaged.length > 0; changes--) {
			int at = random.nextInt(Math.min(damaged.length, 60));
			damaged[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) "0 \n9-ep".charAt(random.nextInt(7));
		}
		return damaged;
	}

}
