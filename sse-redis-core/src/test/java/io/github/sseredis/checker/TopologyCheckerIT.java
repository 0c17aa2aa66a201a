package io.github.sseredis.checker;

import java.time.Duration;
import java.util.List;

import io.github.sseredis.checker.Publication.Outcome;
import io.github.sseredis.checker.ResumingClient.Habit;
import io.github.sseredis.test.RedisCluster;
import io.github.sseredis.test.RedisSentinels;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.RedisVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Masters that fail over, of a cluster and under Sentinel, while events flow. */
@Tag("full")
class TopologyCheckerIT {

	private static final Logger logger = LoggerFactory.getLogger(TopologyCheckerIT.class);

	private static World start(RedisServer any, Drivers drivers, int partitions) {
		World world = World.on(any)
			.instances(3)
			.topics(8)
			.seed(20261125)
			.settings((settings) -> settings.partitions(partitions)
				.connections(drivers)
				.publishTimeout(Duration.ofSeconds(30)))
			.start();
		world.clients(16, Habit.STEADY);
		world.clients(2, Habit.HASTY);
		world.clients(2, Habit.SLOW);
		return world;
	}

	private static void assertKept(World world) {
		List<Violation> violations = world.settle(Duration.ofSeconds(60));
		assertThat(violations.isEmpty()).as(() -> world.report(violations)).isTrue();
		assertThat(world.publications().count(Outcome.ACKNOWLEDGED)).isGreaterThan(200);
		logger.info("{}", world);
	}

	@ParameterizedTest
	@ValueSource(strings = { "6.2", "7.0" })
	void keepsItsPromisesWhenMastersOfAClusterHandOverAndFail(String version) {
		try (RedisCluster cluster = RedisCluster.start(RedisVersion.parse(version));
				Drivers drivers = Drivers.of(cluster);
				World world = start(cluster.nodes().get(0), drivers, 4)) {
			world.producers(20);
			for (String key : List.of("{0}", "{3}")) {
				world.note("hand over " + key);
				cluster.failOver(key);
				Fault.hold(1000);
			}
			assertThat(world.resets()).isZero();
			world.note("kill");
			world.loseData(() -> {
				RedisServer gone = cluster.killMasterOf("{1}");
				cluster.awaitMasterOf("{1}");
				Fault.hold(3000);
				gone.startAgain();
				cluster.awaitReady();
			});
			Fault.hold(1000);
			assertKept(world);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "6.2", "7.0" })
	void keepsItsPromisesWhenTheMasterUnderSentinelHandsOverAndFails(String version) {
		try (RedisSentinels group = RedisSentinels.start(RedisVersion.parse(version));
				Drivers drivers = Drivers.of(group);
				World world = start(group.master(), drivers, 1)) {
			world.producers(20);
			Fault.hold(1000);
			world.note("hand over");
			// It goes on taking writes until it is told that it is a replica.
			world.loseData(() -> {
				group.failOver();
				Fault.hold(1000);
			});
			world.note("kill");
			world.loseData(() -> {
				RedisServer gone = group.killMaster();
				group.awaitOtherMaster(gone);
				Fault.hold(3000);
			});
			assertKept(world);
		}
	}

}
