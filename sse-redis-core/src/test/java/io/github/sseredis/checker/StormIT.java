package io.github.sseredis.checker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.github.sseredis.checker.Interferences.HoldsHistory;
import io.github.sseredis.test.NioSseClients;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.SseBlock;
import io.github.sseredis.test.WithRedis;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Many clients that come back at once, and one that hardly gets anywhere. */
@WithRedis
@Tag("checker")
class StormIT {

	private static final int CLIENTS = 2000;

	/** More than the smallest log has. */
	private static final int EVENTS = 100;

	@Test
	void servesAStormOfReconnects(RedisServer redis) throws Exception {
		try (World world = World.on(redis).start();
				NioSseClients before = NioSseClients.create();
				NioSseClients after = NioSseClients.create().recordNumbers()) {
			AppInstance instance = world.instances().get(0);
			before.open(AppInstance.stream(instance.port(), List.of("storm"), null), CLIENTS);
			before.reset((index) -> true);
			assertThat(before.openCount()).isZero();
			for (int i = 0; i < 50; i++) {
				instance.broadcaster().broadcast("storm", String.valueOf(i)).join();
			}
			int other = world.instances().get(1).port();
			int first = after.start(AppInstance.stream(other, List.of("storm"), null), CLIENTS,
					(index) -> Map.of("Last-Event-ID", before.lastEventId(index)));
			after.awaitOpen(first, CLIENTS, Duration.ofSeconds(60));
			after.awaitEvents(50, Duration.ofSeconds(60));
			for (int i = 0; i < CLIENTS; i++) {
				assertThat(after.numbers(i)).isEqualTo(LongStream.range(0, 50).toArray());
				assertThat(after.resets(i)).isZero();
			}
		}
	}

	private static RawSseClient open(World world, String cursor) {
		return RawSseClient.to(AppInstance.stream(world.instances().get(0).port(), List.of("t0"), null))
			.lastEventId(cursor)
			.open();
	}

	/** Publishes more than the log has; returns an ID from before. */
	private static String publishBeyondTheLog(World world) {
		AppInstance instance = world.instances().get(0);
		String cursor = instance.broadcaster().lastEventId().toString();
		for (int i = 0; i < EVENTS; i++) {
			instance.broadcaster().broadcast("t0", String.valueOf(i)).join();
		}
		return cursor;
	}

	private static World smallLog(RedisServer redis, HoldsHistory history) {
		return World.on(redis)
			.instances(1)
			.settings((settings) -> settings.memory(3000).connections(history::between))
			.start();
	}

	private static void assertNothingMissed(World world, String cursor) {
		try (RawSseClient client = open(world, cursor)) {
			client.awaitEvents(EVENTS);
			assertThat(client.data()).isEqualTo(IntStream.range(0, EVENTS).mapToObj(String::valueOf).toList());
		}
	}

	@Test
	void losesNothingWhenTheStreamIsCutAtItsOpeningAgainAndAgain(RedisServer redis) {
		HoldsHistory history = new HoldsHistory();
		try (World world = smallLog(redis, history)) {
			String cursor = publishBeyondTheLog(world);
			for (int cut = 0; cut < 200; cut++) {
				// Every other time the first event is on its way, and not looked at.
				boolean held = cut % 2 == 0;
				if (held) {
					history.hold();
				}
				try (RawSseClient client = open(world, cursor)) {
					cursor = client.awaitBlocks(1).get(0).lastEventId();
					assertThat(held && !client.events().isEmpty()).isFalse();
				}
				history.release();
			}
			assertThat(history.reads()).isGreaterThanOrEqualTo(100);
			assertNothingMissed(world, cursor);
		}
	}

	@Test
	void losesNothingWhenAReplayIsHeldBackForTwoHeartbeatsAndThenCut(RedisServer redis) {
		HoldsHistory history = new HoldsHistory();
		try (World world = smallLog(redis, history)) {
			String cursor = publishBeyondTheLog(world);
			history.hold();
			for (int cut = 0; cut < 3; cut++) {
				try (RawSseClient client = open(world, cursor)) {
					List<SseBlock> blocks = client.awaitBlocks(3);
					assertThat(blocks).noneMatch(SseBlock::isEvent);
					assertThat(blocks.subList(1, 3)).allMatch(SseBlock::isIdOnly);
					cursor = client.lastEventId();
					client.reset();
				}
			}
			assertThat(history.reads()).isPositive();
			history.release();
			assertNothingMissed(world, cursor);
		}
	}

}
