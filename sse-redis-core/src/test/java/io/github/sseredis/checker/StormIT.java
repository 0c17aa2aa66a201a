package io.github.sseredis.checker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import io.github.sseredis.test.NioSseClients;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.WithRedis;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Many clients that come back at once, and one that hardly gets anywhere. */
@WithRedis
@Tag("checker")
class StormIT {

	private static final int CLIENTS = 2000;

	@Test
	void servesAStormOfReconnects(RedisServer redis) throws Exception {
		try (World world = World.start(redis, 2);
				NioSseClients before = NioSseClients.create();
				NioSseClients after = NioSseClients.create().recordNumbers()) {
			AppInstance instance = world.instances().get(0);
			before.open(AppInstance.stream(instance.port(), List.of("storm"), null), CLIENTS);
			before.reset((index) -> true);
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

	@Test
	void losesNothingWhenTheStreamIsCutAtItsOpeningAgainAndAgain(RedisServer redis) throws Exception {
		try (World world = World.start(redis, 1, 1, 1, (settings) -> settings.memory(3000))) {
			AppInstance instance = world.instances().get(0);
			String cursor = instance.broadcaster().lastEventId().toString();
			for (int i = 0; i < 100; i++) {
				instance.broadcaster().broadcast("t0", String.valueOf(i)).join();
			}
			for (int cut = 0; cut < 200; cut++) {
				try (RawSseClient client = RawSseClient.to(AppInstance.stream(instance.port(), List.of("t0"), null))
					.lastEventId(cursor)
					.open()) {
					cursor = client.awaitBlocks(1).get(0).lastEventId();
				}
			}
			try (RawSseClient client = RawSseClient.to(AppInstance.stream(instance.port(), List.of("t0"), null))
				.lastEventId(cursor)
				.open()) {
				client.awaitEvents(100);
				assertThat(client.data()).hasSize(100).startsWith("0").endsWith("99");
			}
		}
	}

}
