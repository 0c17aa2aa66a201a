package io.github.sseredis.checker;

import java.util.List;

import io.github.sseredis.checker.ResumingClient.Habit;
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

	private final RedisServer master = RedisServer.start();

	private World world;

	private RedisServer replica;

	@BeforeEach
	void start() {
		this.world = World.on(this.master).start();
		this.world.clients(6, Habit.STEADY);
		publishEverywhere(20);
		this.replica = this.world.addReplica();
		this.world.awaitReplicated(this.replica);
	}

	@AfterEach
	void stop() {
		this.world.close();
		this.master.close();
	}

	private void publishEverywhere(int count) {
		this.world.publish(0, "t0", count);
		this.world.publish(1, "t00", count);
	}

	private long number(RedisServer redis) {
		return Long.parseLong(String.valueOf(redis.command("HGET", this.world.key("seq"), "seq")));
	}

	private void assertKept() {
		List<Violation> violations = this.world.settle();
		assertThat(violations.isEmpty()).as(() -> this.world.report(violations)).isTrue();
	}

	@Test
	void resetsNobodyWhenNothingIsLost() {
		assertThat(number(this.replica)).isEqualTo(number(this.master)).isEqualTo(40);
		this.world.promote(this.replica);
		assertThat(this.master.isRunning()).isFalse();
		publishEverywhere(20);
		assertKept();
		assertThat(this.world.resets()).isZero();
	}

	@Test
	void resetsNobodyWhoComesToAnInstanceThatHasNotHeardOfIt() {
		this.world.prefer(0);
		this.world.clients().forEach(ResumingClient::disturb);
		await().atMost(World.PATIENCE).until(() -> this.world.instances().get(0).registry().connectionCount() == 6);
		this.world.instances().wire(1).refuse();
		String epoch = this.world.instances().get(1).log().partitions().get(0).lineage().epoch();
		this.world.promote(this.replica);
		this.world.publish(0, "t0", 20);
		this.world.publish(0, "t00", 20);
		await().atMost(World.PATIENCE).until(() -> this.world.violations().isEmpty());
		this.world.prefer(1);
		this.world.clients().forEach(ResumingClient::disturb);
		await().atMost(World.PATIENCE).until(() -> this.world.instances().get(1).registry().connectionCount() == 6);
		this.world.publish(0, "t0", 5);
		assertThat(this.world.instances().get(1).log().partitions().get(0).lineage().epoch()).isEqualTo(epoch);
		assertThat(this.world.instances().get(0).log().partitions().get(0).lineage().epoch()).isNotEqualTo(epoch);
		this.world.instances().wire(1).release();
		assertKept();
		assertThat(this.world.resets()).isZero();
	}

	@Test
	void resetsEverybodyWhoSawWhatIsLost() {
		loseWhatIsPublished(() -> await().atMost(World.PATIENCE).until(() -> this.world.violations().isEmpty()));
		// So many that the new master is soon beyond where the old one was.
		publishEverywhere(60);
		assertThat(number(this.replica)).isEqualTo(160);
		assertKept();
		assertThat(this.world.recordings()).allSatisfy((recording) -> assertThat(recording.resets()).hasSize(1));
	}

	@Test
	void resetsNobodyWhoSawNothingOfWhatIsLost() {
		this.world.keepAway(true);
		loseWhatIsPublished(() -> {
		});
		publishEverywhere(60);
		this.world.keepAway(false);
		assertKept();
		assertThat(this.world.resets()).isZero();
	}

	private void loseWhatIsPublished(Runnable afterwards) {
		this.world.loseData(() -> {
			this.world.stopReplicating(this.replica);
			publishEverywhere(20);
			afterwards.run();
			assertThat(number(this.replica)).isEqualTo(number(this.master) - 40);
			this.master.kill();
		});
		this.world.promote(this.replica);
	}

}
