package io.github.sseredis.checker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.sseredis.checker.Publication.Outcome;
import io.github.sseredis.checker.ResumingClient.Habit;
import io.github.sseredis.test.RedisOptions;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.TcpProxy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What can happen to Redis and the way to it, each alone, while events flow. */
@Tag("checker")
class RedisFaultsIT {

	private static final Duration PATIENCE = Duration.ofSeconds(40);

	private RedisServer redis;

	private World world;

	@BeforeEach
	void start() {
		this.redis = RedisServer
			.start(RedisOptions.create().debugCommand().arguments("--appendonly", "yes", "--appendfsync", "no"));
		this.world = World.on(this.redis).seed(3).start();
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

	private AppInstance instance(int place) {
		return this.world.instances().get(place);
	}

	private boolean failsToPublish(int place) {
		return !instance(place).broadcaster().failure().isEmpty();
	}

	private long holes() {
		return instance(0).subscription().holes() + instance(1).subscription().holes();
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(PATIENCE).until(condition);
	}

	private long killed(String type) {
		return (Long) this.redis.command("CLIENT", "KILL", "TYPE", type);
	}

	private long noScripts() {
		return String.valueOf(this.redis.command("INFO", "errorstats"))
			.lines()
			.filter((line) -> line.startsWith("errorstat_NOSCRIPT"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D+", "")))
			.sum();
	}

	private long length(String stream) {
		return (Long) this.redis.command("XLEN", this.world.key(stream));
	}

	private void stopWhileEventsFlow() {
		this.redis.kill();
		await(() -> failsToPublish(0) && failsToPublish(1));
		await(() -> this.world.instances().wires().stream().allMatch((wire) -> wire.open() == 0));
	}

	@Test
	void losesNothingWhenSubscriptionsAreKilled() {
		withoutLoss((world) -> {
			await(() -> instance(0).subscription().isSubscribed() && instance(1).subscription().isSubscribed());
			long before = holes();
			assertThat(killed("pubsub")).isEqualTo(2);
			await(() -> holes() > before);
		});
	}

	@Test
	void losesNothingWhenConnectionsAreKilled() {
		withoutLoss((world) -> {
			long before = world.instances().wires().stream().mapToLong(TcpProxy::accepted).sum();
			assertThat(killed("normal")).isGreaterThanOrEqualTo(2);
			await(() -> world.instances().wires().stream().mapToLong(TcpProxy::accepted).sum() >= before + 2);
		});
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
			await(() -> failsToPublish(0) && failsToPublish(1));
			this.redis.resume();
		});
	}

	@Test
	void resetsNobodyWhenRedisRestartsWithItsData() {
		withoutLoss((world) -> {
			stopWhileEventsFlow();
			this.redis.startAgain();
		});
	}

	@Test
	void resetsEverybodyWhenRedisRestartsWithoutData() {
		withResets((world) -> world.loseData(() -> {
			this.redis.command("FLUSHALL");
			stopWhileEventsFlow();
			this.redis.startAgain();
		}));
	}

	@Test
	void resetsEverybodyWhenRedisIsEmptied() {
		withResets((world) -> world.loseData(() -> this.redis.command("FLUSHALL")));
	}

	@Test
	void losesNothingWhenScriptsAreFlushed() {
		withoutLoss((world) -> {
			long before = noScripts();
			this.redis.command("SCRIPT", "FLUSH");
			await(() -> noScripts() > before);
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
		withoutLoss((world) -> {
			long before = length("log:t0");
			// What is published in the same millisecond gives it its time again.
			await(() -> this.redis.command("PEXPIRE", world.key("log:t0"), "1") != null && length("log:t0") < before);
		});
	}

	@Test
	void losesNothingWhileNothingPassesTheWire() {
		withoutLoss((world) -> {
			world.instances().wire(0).hold();
			await(() -> failsToPublish(0) && !failsToPublish(1));
			Fault.hold(2000);
			world.instances().wire(0).release();
		});
	}

	@Test
	void losesNothingWhenTheSubscriptionIsHalfOpenAndHearsNothing() {
		withoutLoss((world) -> {
			long holes = instance(0).subscription().holes();
			world.instances().wire(0).blackHoleSubscriptions();
			await(() -> instance(0).subscription().reopenings() > 0);
			assertThat(instance(0).subscription().holes()).isGreaterThan(holes);
			assertThat(world.instances().wire(0).swallowed()).isPositive();
		});
	}

	@Test
	void losesNothingWhileTheWireIsSlow() {
		withoutLoss((world) -> {
			world.instances().wire(0).delay(Duration.ofMillis(300));
			long before = System.nanoTime();
			world.publish(0, "t0", 2);
			assertThat(System.nanoTime() - before).isGreaterThan(Duration.ofMillis(600).toNanos());
			world.instances().wire(0).release();
		});
	}

	@Test
	void losesNothingWhenTheWireIsCut() {
		withoutLoss((world) -> {
			TcpProxy wire = world.instances().wire(0);
			long holes = instance(0).subscription().holes();
			wire.refuse();
			assertThat(wire.open()).isZero();
			await(() -> failsToPublish(0));
			Fault.hold(500);
			wire.release();
			await(() -> instance(0).subscription().holes() > holes);
			assertThat(wire.cuts()).isGreaterThanOrEqualTo(2);
		});
	}

	@Test
	void repeatsOnceWhatWasSentWhenTheWireIsCutBeforeTheAnswer() {
		withoutLoss((world) -> {
			CompletableFuture<?> unanswered = sendWithoutAnswer("sender",
					(publication) -> world.publications().publish(instance(0), publication));
			assertThat(unanswered).isNotDone();
			world.instances().wire(0).release();
			unanswered.join();
			assertThat(stored("t0 sender 0 ")).isEqualTo(1);
		});
	}

	@Test
	void storesOnceWhatTheApplicationRepeatsWithItsKeyAfterARestart() {
		withoutLoss((world) -> {
			Publication[] repeated = new Publication[1];
			CompletableFuture<?> unanswered = sendWithoutAnswer("application", (publication) -> {
				repeated[0] = publication;
				return world.publications().publishWithKey(instance(0), publication, "order 1");
			});
			world.instances().stop(0);
			await(unanswered::isCompletedExceptionally);
			await(() -> repeated[0].outcome() != Outcome.PENDING);
			assertThat(repeated[0].outcome()).isEqualTo(Outcome.UNKNOWN);
			world.instances().wire(0).release();
			world.instances().start(0);
			world.publications().publishWithKey(instance(0), repeated[0], "order 1").join();
			assertThat(stored("t0 application 0 ")).isEqualTo(1);
		});
	}

	/** Publishes an event that Redis stores, and no answer comes: the wire is cut. */
	private CompletableFuture<?> sendWithoutAnswer(String producer,
			Function<Publication, CompletableFuture<?>> publish) {
		TcpProxy wire = this.world.instances().wire(0);
		String text = "t0 " + producer + " 0 ";
		long cuts = wire.cuts();
		wire.refuseInsteadOfAnswering(text);
		CompletableFuture<?> unanswered = publish
			.apply(this.world.publications().next("t0", producer, System.nanoTime()));
		await(() -> wire.cuts() > cuts);
		assertThat(stored(text)).isEqualTo(1);
		return unanswered;
	}

	private long stored(String text) {
		List<?> entries = (List<?>) this.redis.command("XRANGE", this.world.key("log:t0"), "-", "+");
		return entries.stream().filter((entry) -> entry.toString().contains(text)).count();
	}

}
