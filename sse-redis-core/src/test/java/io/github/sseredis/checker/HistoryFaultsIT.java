package io.github.sseredis.checker;

import java.util.List;

import io.github.sseredis.checker.ResumingClient.Habit;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.WithRedis;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What can happen to the history in Redis while clients are away whose place the log no
 * longer has.
 */
@WithRedis
@Tag("checker")
class HistoryFaultsIT {

	private static List<String> reasonsAfter(RedisServer redis, Harm harm) {
		try (World world = World.on(redis)
			.instances(1)
			.topics(1)
			.seed(11)
			.settings((settings) -> settings.memory(3000))
			.start()) {
			world.clients(4, Habit.STEADY);
			world.publish(0, "t0", 10);
			world.keepAway(true);
			world.publish(0, "t0", 150);
			harm.on(world);
			world.keepAway(false);
			Fault.hold(1000);
			world.publish(0, "t0", 5);
			List<Violation> violations = world.settle();
			assertThat(violations.isEmpty()).as(() -> world.report(violations)).isTrue();
			return world.recordings()
				.stream()
				.flatMap((recording) -> recording.resets().stream())
				.map(Sighting.Reset::reason)
				.toList();
		}
	}

	private static void trim(World world, String name) {
		assertThat((Long) world.redis().command("XTRIM", world.key(name), "MAXLEN", "5")).isPositive();
	}

	private static void expire(World world, String name) {
		assertThat(world.redis().command("PEXPIRE", world.key(name), "1")).isEqualTo(1L);
		await().atMost(World.PATIENCE).until(() -> world.redis().command("EXISTS", world.key(name)).equals(0L));
	}

	private static void delete(World world, String... names) {
		for (String name : names) {
			assertThat(world.redis().command("DEL", world.key(name))).isEqualTo(1L);
		}
	}

	@Test
	void losesNothingWhenNothingHappens(RedisServer redis) {
		assertThat(reasonsAfter(redis, (world) -> {
		})).isEmpty();
	}

	@Test
	void resetsWhoseTopicWasTrimmed(RedisServer redis) {
		assertThat(reasonsAfter(redis, (world) -> {
			trim(world, "log:t0");
			trim(world, "recent");
		})).hasSize(4).containsOnly("trimmed");
	}

	@Test
	void losesNothingWhenOnlyTheTopicWasTrimmed(RedisServer redis) {
		assertThat(reasonsAfter(redis, (world) -> trim(world, "log:t0"))).isEmpty();
	}

	@Test
	void resetsWhoseTopicExpired(RedisServer redis) {
		assertThat(reasonsAfter(redis, (world) -> {
			expire(world, "log:t0");
			expire(world, "recent");
		})).hasSize(4).containsOnly("trimmed");
	}

	@Test
	void losesNothingWhenOnlyTheTopicExpired(RedisServer redis) {
		assertThat(reasonsAfter(redis, (world) -> expire(world, "log:t0"))).isEmpty();
	}

	@Test
	void resetsWhoseTopicHashWasEvicted(RedisServer redis) {
		assertThat(reasonsAfter(redis, (world) -> delete(world, "topic:t0", "recent"))).hasSize(4)
			.containsOnly("trimmed");
	}

	@Test
	void losesNothingWhenOnlyTheTopicHashWasEvicted(RedisServer redis) {
		assertThat(reasonsAfter(redis, (world) -> delete(world, "topic:t0"))).isEmpty();
	}

	@Test
	void resetsWhenThePositionWasDeleted(RedisServer redis) {
		assertThat(reasonsAfter(redis, (world) -> delete(world, "seq"))).contains("unknown-epoch");
	}

	/** Does harm to what Redis keeps. */
	@FunctionalInterface
	private interface Harm {

		void on(World world);

	}

}
