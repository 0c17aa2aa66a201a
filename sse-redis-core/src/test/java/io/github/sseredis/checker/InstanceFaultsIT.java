package io.github.sseredis.checker;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.sseredis.checker.ResumingClient.Habit;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.WithRedis;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What can happen to instances and by clients, each alone, while events flow. */
@WithRedis
@Tag("checker")
class InstanceFaultsIT {

	private static void assertKept(World world) {
		List<Violation> violations = world.settle();
		assertThat(violations.isEmpty()).as(() -> world.report(violations)).isTrue();
		assertThat(world.resets()).isZero();
	}

	@Test
	void losesNothingWhenAnInstanceIsClosedAndStarted(RedisServer redis) {
		try (World world = World.start(redis, 2)) {
			world.clients(6, Habit.STEADY);
			world.producers(40);
			Fault.hold(500);
			world.instances().stop(0);
			Fault.hold(500);
			world.instances().start(0);
			Fault.hold(500);
			assertKept(world);
			assertThat(world.recordings())
				.anySatisfy((recording) -> assertThat(recording.connections()).isGreaterThan(1));
		}
	}

	@Test
	void losesNothingWhenAnInstanceIsKilled(RedisServer redis) throws IOException {
		try (World world = World.start(redis, 1); AppProcess process = AppProcess.start(redis.port(), world.prefix())) {
			world.prefer(process::port);
			world.clients(6, Habit.STEADY);
			world.producers(40);
			Fault.hold(1000);
			long seenBefore = world.events();
			assertThat(seenBefore).isPositive();
			process.kill();
			assertThat(process.port()).isEqualTo(OptionalInt.empty());
			Fault.hold(1000);
			assertKept(world);
			assertThat(world.events()).isGreaterThan(seenBefore);
			assertThat(world.recordings())
				.allSatisfy((recording) -> assertThat(recording.connections()).isGreaterThan(1));
		}
	}

	@Test
	void losesNothingWhenAnInstanceStartsWhileRedisIsDown() {
		try (RedisServer redis = RedisServer.start(); World world = World.start(redis, 1)) {
			world.clients(4, Habit.STEADY);
			world.publish(0, "t0", 10);
			world.publish(0, "t00", 10);
			redis.save();
			redis.kill();
			world.instances().stop(0);
			world.instances().start(0);
			assertThat(world.instances().get(0).hasPosition()).isFalse();
			Fault.hold(500);
			redis.startAgain();
			world.awaitPositions();
			world.publish(0, "t0", 10);
			assertKept(world);
		}
	}

	@Test
	void endsTheStreamsOfAUserWhoIsDisconnectedWhileTheSubscriptionIsDown(RedisServer redis) {
		try (World world = World.start(redis, 2)) {
			world.client("user", Set.of("t0"), Habit.LOYAL);
			world.awaitCursors(world.clients());
			int instance = (world.instances().get(0).registry().connectionCount() > 0) ? 0 : 1;
			assertThat(world.instances().get(instance).registry().connectionCount()).isEqualTo(1);
			world.instances().wire(instance).cutAndRefuse();
			world.instances().get(1 - instance).registry().disconnect("user").join();
			assertThat(world.recordings().get(0).connections()).isEqualTo(1);
			world.instances().wire(instance).release();
			await().atMost(Duration.ofSeconds(20)).until(() -> world.recordings().get(0).connections() > 1);
		}
	}

	@Test
	void losesNothingWhenClientsReconnectAHundredTimesASecond(RedisServer redis) {
		try (World world = World.start(redis, 2)) {
			world.clients(4, Habit.HASTY);
			world.producers(40);
			Fault.hold(TimeUnit.SECONDS.toMillis(4));
			assertKept(world);
			assertThat(world.recordings())
				.allSatisfy((recording) -> assertThat(recording.connections()).isGreaterThan(100));
		}
	}

	@Test
	void losesNothingWhenClientsReadSlowly(RedisServer redis) {
		try (World world = World.start(redis, 1, 2, 5, (settings) -> settings.memory(20_000))) {
			world.clients(3, Habit.SLOW);
			world.clients(3, Habit.STEADY);
			world.producers(200);
			Fault.hold(TimeUnit.SECONDS.toMillis(5));
			assertThat(world.instances().get(0).log().bytes()).isLessThanOrEqualTo(20_000);
			assertKept(world);
		}
	}

}
