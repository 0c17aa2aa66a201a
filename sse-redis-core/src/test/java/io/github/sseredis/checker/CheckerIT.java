package io.github.sseredis.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.github.sseredis.checker.Publication.Outcome;
import io.github.sseredis.checker.ResumingClient.Habit;
import io.github.sseredis.test.RedisOptions;
import io.github.sseredis.test.RedisServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All faults, in an order and to an extent drawn from a seed, while events flow. That
 * takes about a minute; the system property {@code sse.checker.seconds} makes it longer,
 * in rounds with seeds of their own, and {@code sse.checker.seed} repeats one.
 */
@Tag("checker")
class CheckerIT {

	private static final Logger logger = LoggerFactory.getLogger(CheckerIT.class);

	private static final int ROUND_SECONDS = 60;

	@Test
	void keepsItsPromisesWhateverGoesWrong() {
		long seed = Long.getLong("sse.checker.seed", 20261122);
		int rounds = Math.max(1, Integer.getInteger("sse.checker.seconds", ROUND_SECONDS) / ROUND_SECONDS);
		for (int round = 0; round < rounds; round++) {
			runRound(seed + round);
		}
	}

	private static void runRound(long seed) {
		logger.info("The checker's seed is {}", seed);
		RedisOptions options = RedisOptions.create()
			.debugCommand()
			.arguments("--appendonly", "yes", "--appendfsync", "no");
		try (RedisServer redis = RedisServer.start(options);
				World world = World.on(redis)
					.instances(3)
					.processes(1)
					.topics(6)
					.seed(seed)
					.settings((settings) -> settings.publishTimeout(Duration.ofSeconds(4)))
					.start()) {
			world.clients(40, Habit.STEADY);
			world.clients(4, Habit.HASTY);
			world.clients(8, Habit.SLOW);
			world.clients(4, Habit.LOYAL);
			world.producers(80);
			strike(world, new Random(seed));
			List<Violation> violations = world.settle();
			assertThat(violations.isEmpty()).as(() -> "Seed " + seed + ": " + world.report(violations)).isTrue();
			assertThat(world.publications().count(Outcome.ACKNOWLEDGED)).isGreaterThan(1000);
			logger.info("Seed {}: {}", seed, world);
		}
	}

	private static void strike(World world, Random random) {
		List<Fault> faults = new ArrayList<>(List.of(Fault.values()));
		Collections.shuffle(faults, random);
		for (Fault fault : faults) {
			world.note(fault.toString());
			fault.strike(world, random);
			world.note("  over");
			Fault.hold(200 + random.nextInt(1500));
		}
	}

}
