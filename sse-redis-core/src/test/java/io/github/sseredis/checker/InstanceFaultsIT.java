package io.github.sseredis.checker;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.sseredis.checker.Interferences.HoldsHistory;
import io.github.sseredis.checker.ResumingClient.Habit;
import io.github.sseredis.log.EventLog;
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

	private static void assertNothingBroken(World world) {
		List<Violation> violations = world.settle();
		assertThat(violations.isEmpty()).as(() -> world.report(violations)).isTrue();
	}

	private static void assertKept(World world) {
		assertNothingBroken(world);
		assertThat(world.resets()).isZero();
	}

	private static void assertReconnected(World world) {
		assertThat(world.recordings()).allSatisfy((recording) -> assertThat(recording.connections()).isGreaterThan(1));
	}

	@Test
	void losesNothingWhenAnInstanceIsClosedAndStarted(RedisServer redis) {
		try (World world = World.on(redis).start()) {
			world.prefer(0);
			world.clients(6, Habit.STEADY);
			world.producers(40);
			Fault.hold(500);
			AppInstance closed = world.instances().get(0);
			world.instances().stop(0);
			Fault.hold(500);
			world.instances().start(0);
			assertThat(world.instances().get(0)).isNotSameAs(closed);
			Fault.hold(500);
			assertKept(world);
			assertReconnected(world);
		}
	}

	@Test
	void losesNothingWhenAnInstanceIsKilled(RedisServer redis) {
		try (World world = World.on(redis).instances(1).processes(1).start()) {
			world.prefer(1);
			world.clients(6, Habit.STEADY);
			world.producers(40);
			Fault.hold(1000);
			await().atMost(World.PATIENCE).until(() -> world.events() > 0);
			long seenBefore = world.events();
			AppProcess process = world.instances().process(1);
			world.instances().stop(1);
			assertThat(process.exitCode()).isEqualTo(128 + 9);
			Fault.hold(1000);
			assertKept(world);
			assertThat(world.events()).isGreaterThan(seenBefore);
			assertReconnected(world);
		}
	}

	@Test
	void losesNothingWhenAnInstanceIsFrozen(RedisServer redis) {
		try (World world = World.on(redis).instances(1).processes(1).start()) {
			world.prefer(1);
			world.clients(4, Habit.LOYAL);
			world.producers(40);
			Fault.hold(500);
			AppProcess process = world.instances().process(1);
			process.pause();
			assertThat(process.answers()).isFalse();
			Fault.hold(3000);
			List<String> frozen = world.clients().stream().map(ResumingClient::name).toList();
			await().atMost(World.PATIENCE)
				.untilAsserted(() -> assertThat(world.violations()).extracting(Violation::client).containsAll(frozen));
			process.resume();
			await().atMost(World.PATIENCE).until(process::answers);
			Fault.hold(500);
			assertKept(world);
		}
	}

	@Test
	void losesNothingWhenAnInstanceStartsWhileRedisIsDown() {
		try (RedisServer redis = RedisServer.start(); World world = World.on(redis).instances(1).start()) {
			world.clients(4, Habit.STEADY);
			world.publish(0, "t0", 10);
			world.publish(0, "t00", 10);
			redis.save();
			redis.kill();
			world.instances().stop(0);
			world.instances().start(0);
			assertThat(world.instances().get(0).hasPosition()).isFalse();
			ResumingClient newcomer = world.client("newcomer", Set.of("t0"), Habit.LOYAL);
			await().atMost(World.PATIENCE).until(() -> world.instances().get(0).registry().connectionCount() == 5);
			assertThat(newcomer.hasCursor()).isFalse();
			redis.startAgain();
			world.awaitPositions();
			world.awaitCursors(List.of(newcomer));
			world.publish(0, "t0", 10);
			assertNothingBroken(world);
			// Where the newcomer began nobody can say; the others came with a place.
			assertThat(newcomer.recording().resets()).hasSize(1);
			assertThat(world.resets()).isEqualTo(1);
		}
	}

	@Test
	void keepsAPlaceThatIsAheadOfTheInstance(RedisServer redis) {
		try (World world = World.on(redis).start()) {
			world.prefer(0);
			world.clients(4, Habit.LOYAL);
			world.instances().wire(1).hold();
			world.publish(0, "t0", 10);
			world.publish(0, "t00", 10);
			await().atMost(World.PATIENCE).until(() -> world.violations().isEmpty());
			EventLog behind = world.instances().get(1).log();
			assertThat(behind.partitions().get(0).end()).isZero();
			world.prefer(1);
			world.clients().forEach(ResumingClient::disturb);
			await().atMost(World.PATIENCE).until(() -> world.instances().get(1).registry().connectionCount() == 4);
			world.publish(0, "t0", 10);
			world.publish(0, "t00", 10);
			await().atMost(World.PATIENCE).until(() -> world.instances().get(0).log().partitions().get(0).end() == 40);
			assertThat(behind.partitions().get(0).end()).isZero();
			world.instances().wire(1).release();
			assertKept(world);
		}
	}

	@Test
	void endsTheStreamsOfAUserWhoIsDisconnectedWhileTheSubscriptionIsDown(RedisServer redis) {
		try (World world = World.on(redis).start()) {
			world.prefer(0);
			world.client("user", Set.of("t0"), Habit.LOYAL);
			world.client("another", Set.of("t0"), Habit.LOYAL);
			world.awaitCursors(world.clients());
			AppInstance deaf = world.instances().get(0);
			world.instances().wire(0).refuse();
			assertThat(world.instances().wire(0).open()).isZero();
			world.instances().get(1).registry().disconnect("user").join();
			assertThat(deaf.registry().connectionCount()).isEqualTo(2);
			assertThat(world.recordings().get(0).connections()).isEqualTo(1);
			world.instances().wire(0).release();
			ResumingClient user = world.clients().get(0);
			await().atMost(World.PATIENCE).until(() -> user.recording().connections() > 1);
			world.publish(1, "t0", 5);
			assertKept(world);
			assertThat(world.recordings().get(1).connections()).isEqualTo(1);
		}
	}

	@Test
	void losesNothingWhenClientsReconnectAHundredTimesASecond(RedisServer redis) {
		try (World world = World.on(redis).start()) {
			world.clients(6, Habit.HASTY);
			world.producers(40);
			Fault.hold(TimeUnit.SECONDS.toMillis(3));
			await().atMost(World.PATIENCE).until(() -> connectionsInASecond(world) >= 100);
			assertKept(world);
		}
	}

	/** The most connections that were opened within a second. */
	private static int connectionsInASecond(World world) {
		long[] times = world.recordings()
			.stream()
			.flatMap((recording) -> recording.sightings().stream())
			.filter(Sighting.Connection.class::isInstance)
			.mapToLong(Sighting::nanos)
			.sorted()
			.toArray();
		int most = 0;
		for (int first = 0, last = 0; last < times.length; last++) {
			while (times[last] - times[first] > TimeUnit.SECONDS.toNanos(1)) {
				first++;
			}
			most = Math.max(most, last - first + 1);
		}
		return most;
	}

	@Test
	void losesNothingWhenClientsReadSlowly(RedisServer redis) {
		HoldsHistory history = new HoldsHistory();
		try (World world = World.on(redis)
			.instances(1)
			.seed(5)
			.settings((settings) -> settings.memory(20_000).connections(history::between))
			.start()) {
			world.clients(3, Habit.SLOW);
			world.clients(3, Habit.LOYAL);
			world.producers(200);
			Fault.hold(TimeUnit.SECONDS.toMillis(5));
			assertThat(world.instances().get(0).log().bytes()).isLessThanOrEqualTo(20_000);
			assertKept(world);
			// They fell behind what the log has.
			assertThat(history.reads()).isPositive();
		}
	}

}
