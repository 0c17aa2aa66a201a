package io.github.sseredis.checker;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.github.sseredis.checker.ResumingClient.Habit;
import io.github.sseredis.test.RedisOptions;
import io.github.sseredis.test.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What can happen to Redis and the way to it, each alone, while events flow. */
@Tag("checker")
class RedisFaultsIT {

	private RedisServer redis;

	private World world;

	@BeforeEach
	void start() {
		this.redis = RedisServer
			.start(RedisOptions.create().debugCommand().arguments("--appendonly", "yes", "--appendfsync", "no"));
		this.world = World.start(this.redis, 2, 2, 3, UnaryOperator.identity());
		this.world.clients(6, Habit.STEADY);
		this.world.producers(40);
		Fault.hold(500);
	}

	@AfterEach
	void stop() {
		this.world.close();
		this.redis.close();
	}

	private void withoutLoss(Consumer<World> fault) {
		fault.accept(this.world);
		Fault.hold(500);
		List<Violation> violations = this.world.settle();
		assertThat(violations.isEmpty()).as(() -> this.world.report(violations)).isTrue();
		assertThat(this.world.resets()).isZero();
	}

	private void withResets(Consumer<World> fault) {
		fault.accept(this.world);
		Fault.hold(500);
		List<Violation> violations = this.world.settle();
		assertThat(violations.isEmpty()).as(() -> this.world.report(violations)).isTrue();
		assertThat(this.world.recordings()).allSatisfy((recording) -> assertThat(recording.resets()).isNotEmpty());
	}

	private long killed(String type) {
		return (Long) this.redis.command("CLIENT", "KILL", "TYPE", type);
	}

	private boolean failsToPublish(int instance) {
		return !this.world.instances().get(instance).broadcaster().failure().isEmpty();
	}

	private long noScripts() {
		return String.valueOf(this.redis.command("INFO", "errorstats"))
			.lines()
			.filter((line) -> line.startsWith("errorstat_NOSCRIPT"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D+", "")))
			.sum();
	}

	@Test
	void losesNothingWhenSubscriptionsAreKilled() {
		withoutLoss((world) -> assertThat(killed("pubsub")).isEqualTo(2));
	}

	@Test
	void losesNothingWhenConnectionsAreKilled() {
		withoutLoss((world) -> assertThat(killed("normal")).isGreaterThanOrEqualTo(2));
	}

	@Test
	void losesNothingWhileRedisPausesItsClients() {
		withoutLoss((world) -> {
			long before = System.nanoTime();
			this.redis.command("CLIENT", "PAUSE", "2000");
			this.redis.command("PING");
			assertThat(System.nanoTime() - before).isGreaterThan(Duration.ofMillis(1500).toNanos());
		});
	}

	@Test
	void losesNothingWhileRedisSleeps() {
		withoutLoss((world) -> {
			long before = System.nanoTime();
			this.redis.command("DEBUG", "SLEEP", "2");
			assertThat(System.nanoTime() - before).isGreaterThan(Duration.ofMillis(1900).toNanos());
		});
	}

	@Test
	void losesNothingWhileRedisIsFrozen() {
		withoutLoss((world) -> {
			this.redis.pause();
			await().until(() -> failsToPublish(0) && failsToPublish(1));
			this.redis.resume();
		});
	}

	@Test
	void resetsNobodyWhenRedisRestartsWithItsData() {
		withoutLoss((world) -> {
			this.redis.kill();
			await().until(() -> failsToPublish(0) && failsToPublish(1));
			this.redis.startAgain();
		});
	}

	@Test
	void resetsEverybodyWhenRedisRestartsWithoutData() {
		withResets((world) -> {
			world.lostData();
			this.redis.command("FLUSHALL");
			this.redis.kill();
			await().until(() -> failsToPublish(0) && failsToPublish(1));
			this.redis.startAgain();
		});
	}

	@Test
	void resetsEverybodyWhenRedisIsEmptied() {
		withResets((world) -> {
			world.lostData();
			this.redis.command("FLUSHALL");
		});
	}

	@Test
	void losesNothingWhenScriptsAreFlushed() {
		withoutLoss((world) -> {
			long before = noScripts();
			this.redis.command("SCRIPT", "FLUSH");
			await().until(() -> noScripts() > before);
		});
	}

	@Test
	void resetsEverybodyWhenThePositionIsEvicted() {
		withResets((world) -> assertThat(this.redis.command("DEL", world.key("seq"))).isEqualTo(1L));
	}

	@Test
	void losesNothingWhenATopicHashIsEvicted() {
		withoutLoss((world) -> assertThat(this.redis.command("DEL", world.key("topic:t0"))).isEqualTo(1L));
	}

	@Test
	void losesNothingWhenATopicExpires() {
		withoutLoss((world) -> assertThat(this.redis.command("DEL", world.key("log:t0"))).isEqualTo(1L));
	}

	@Test
	void losesNothingWhileNothingPassesTheWire() {
		withoutLoss((world) -> {
			world.instances().wire(0).hold();
			await().until(() -> failsToPublish(0));
			assertThat(failsToPublish(1)).isFalse();
			Fault.hold(2000);
			world.instances().wire(0).release();
		});
	}

	@Test
	void losesNothingWhileTheWireIsSlow() {
		withoutLoss((world) -> {
			world.instances().wire(0).delay(300);
			long before = System.nanoTime();
			world.publish(0, "t0", 2);
			assertThat(System.nanoTime() - before).isGreaterThan(Duration.ofMillis(600).toNanos());
			world.instances().wire(0).release();
		});
	}

	@Test
	void losesNothingWhenTheWireIsCut() {
		withoutLoss((world) -> {
			Wire wire = world.instances().wire(0);
			int before = wire.opened();
			wire.cutAndRefuse();
			await().until(() -> failsToPublish(0));
			wire.release();
			await().until(() -> wire.opened() >= before + 2);
		});
	}

}
