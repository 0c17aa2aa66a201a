package io.github.sseredis.checker;

import java.util.List;
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

/**
 * A replica takes over from a master that is gone; the wires of all instances lead to it.
 */
@Tag("checker")
class FailoverIT {

	private RedisServer master;

	private RedisServer replica;

	private World world;

	@BeforeEach
	void start() {
		this.master = RedisServer.start(RedisOptions.create().arguments("--repl-diskless-sync-delay", "0"));
		this.replica = RedisServer.start(RedisOptions.create().replicaOf(this.master));
		await().until(() -> info(this.replica, "replication").contains("master_link_status:up"));
		this.world = World.start(this.master, 2, 2, 13, UnaryOperator.identity());
		this.world.clients(6, Habit.STEADY);
	}

	@AfterEach
	void stop() {
		this.world.close();
		this.replica.close();
		this.master.close();
	}

	private static String info(RedisServer redis, String section) {
		return String.valueOf(redis.command("INFO", section));
	}

	private static long offset(RedisServer redis) {
		return info(redis, "replication").lines()
			.filter((line) -> line.startsWith("master_repl_offset"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D+", "")))
			.findFirst()
			.orElseThrow();
	}

	private void publishEverywhere(int count) {
		this.world.publish(0, "t0", count);
		this.world.publish(1, "t00", count);
	}

	private void promote() {
		this.master.kill();
		this.replica.command("REPLICAOF", "NO", "ONE");
		this.world.instances().wires().forEach((wire) -> wire.leadTo(this.replica.port()));
	}

	private void assertKept() {
		List<Violation> violations = this.world.settle();
		assertThat(violations.isEmpty()).as(() -> this.world.report(violations)).isTrue();
	}

	@Test
	void resetsNobodyWhenNothingIsLost() {
		publishEverywhere(20);
		await().until(() -> offset(this.replica) == offset(this.master));
		promote();
		publishEverywhere(20);
		assertKept();
		assertThat(this.world.resets()).isZero();
	}

	@Test
	void resetsEverybodyWhoSawWhatIsLost() {
		this.world.lostData();
		publishEverywhere(20);
		await().until(() -> offset(this.replica) == offset(this.master));
		this.replica.command("REPLICAOF", "127.0.0.1", "1");
		publishEverywhere(20);
		await().until(() -> this.world.violations().isEmpty());
		promote();
		// So many that the new master is soon beyond where the old one was.
		publishEverywhere(60);
		assertKept();
		assertThat(this.world.recordings()).allSatisfy((recording) -> assertThat(recording.resets()).hasSize(1));
	}

}
