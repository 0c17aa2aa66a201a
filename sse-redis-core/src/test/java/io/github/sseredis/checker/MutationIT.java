package io.github.sseredis.checker;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.github.sseredis.checker.Interferences.DoesNotCheck;
import io.github.sseredis.checker.Interferences.DoesNotRepair;
import io.github.sseredis.checker.Interferences.ForgetsKeys;
import io.github.sseredis.checker.Interferences.LosesAnswers;
import io.github.sseredis.checker.Interferences.LosesMessages;
import io.github.sseredis.checker.Interferences.LosesTheLast;
import io.github.sseredis.checker.ResumingClient.Habit;
import io.github.sseredis.checker.Violation.Kind;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.WithRedis;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The checker finds it when one of the mechanisms does nothing, and nothing when it works
 * under the same harm.
 */
@WithRedis
@Tag("checker")
class MutationIT {

	/** Longer than anything is missing that is found. */
	private static final Duration IN_VAIN = Duration.ofSeconds(8);

	private static List<Kind> run(RedisServer redis, UnaryOperator<AppSettings> settings, Harm harm,
			Function<World, List<Violation>> end) {
		try (World world = World.on(redis).instances(1).seed(7).settings(settings).start()) {
			world.clients(5, Habit.STEADY);
			harm.on(world);
			return end.apply(world).stream().map(Violation::kind).distinct().toList();
		}
	}

	private static List<Kind> accepted(RedisServer redis, UnaryOperator<AppSettings> settings, Harm harm) {
		return run(redis, settings, harm, World::settle);
	}

	private static List<Kind> accepted(RedisServer redis, Interference interference, Harm harm) {
		return accepted(redis, (settings) -> settings.connections(interference::between), harm);
	}

	private static List<Kind> failed(RedisServer redis, UnaryOperator<AppSettings> settings, Harm harm) {
		return run(redis, settings, harm, (world) -> world.settle(IN_VAIN));
	}

	private static List<Kind> failed(RedisServer redis, Interference interference, Harm harm) {
		return failed(redis, (settings) -> settings.connections(interference::between), harm);
	}

	private static void publishForAWhile(World world) {
		world.producers(100);
		Fault.hold(1500);
	}

	private static void publishAndLoseTheLast(World world, LosesTheLast interference) {
		world.publish(0, "t0", 5);
		interference.turnDeaf();
		world.publish(0, "t0", 1);
	}

	// Both streams are trimmed while all clients are away.
	private static void trimBehindTheirBacks(World world) {
		world.publish(0, "t0", 5);
		world.keepAway(true);
		world.publish(0, "t0", 300);
		world.keepAway(false);
		Fault.hold(500);
		world.publish(0, "t0", 5);
	}

	@Test
	void acceptsLostMessagesThatAreRepaired(RedisServer redis) {
		assertThat(accepted(redis, new LosesMessages(), MutationIT::publishForAWhile)).isEmpty();
	}

	@Test
	void failsWithoutRepairOfHoles(RedisServer redis) {
		assertThat(failed(redis, new DoesNotRepair(), MutationIT::publishForAWhile)).contains(Kind.MISSING);
	}

	@Test
	void acceptsALostLastMessageThatIsFound(RedisServer redis) {
		LosesTheLast interference = new LosesTheLast();
		assertThat(accepted(redis, interference, (world) -> publishAndLoseTheLast(world, interference))).isEmpty();
	}

	@Test
	void failsWithoutPositionCheck(RedisServer redis) {
		DoesNotCheck interference = new DoesNotCheck();
		assertThat(failed(redis, interference, (world) -> publishAndLoseTheLast(world, interference)))
			.containsExactly(Kind.MISSING);
	}

	@Test
	void acceptsLostAnswersWithIdempotencyKeys(RedisServer redis) {
		assertThat(accepted(redis, new LosesAnswers(), MutationIT::publishForAWhile)).isEmpty();
	}

	@Test
	void failsWithoutIdempotencyKeys(RedisServer redis) {
		assertThat(failed(redis, new ForgetsKeys(), MutationIT::publishForAWhile)).contains(Kind.DUPLICATE);
	}

	@Test
	void acceptsATrimmedHistoryThatResetsAnnounce(RedisServer redis) {
		assertThat(
				accepted(redis, (settings) -> settings.memory(4000).history(20, 30), MutationIT::trimBehindTheirBacks))
			.isEmpty();
	}

	@Test
	void failsWithoutResets(RedisServer redis) {
		assertThat(failed(redis, (settings) -> settings.memory(4000).history(20, 30).swallowingResets(),
				MutationIT::trimBehindTheirBacks))
			.contains(Kind.MISSING);
	}

	/** Does harm to a run, and publishes. */
	@FunctionalInterface
	private interface Harm {

		void on(World world);

	}

}
