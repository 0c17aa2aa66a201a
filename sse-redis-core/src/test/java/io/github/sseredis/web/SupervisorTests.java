package io.github.sseredis.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.sseredis.log.EventLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.github.sseredis.web.VirtualConnections.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The rounds of the supervisor, in virtual time. */
class SupervisorTests {

	/** With long times all connections are looked at so often. */
	private static final Duration ROUND = Duration.ofSeconds(1);

	/** And so often those that are ending. */
	private static final Duration SHORT_ROUND = Duration.ofMillis(100);

	private VirtualConnections connections = connections(Duration.ofSeconds(15));

	@AfterEach
	void stop() {
		this.connections.supervisor.stop();
	}

	@Test
	void heartbeatComesWithinARoundAfterItWasDueAndNeverBefore() {
		FakeResponse response = new FakeResponse();
		this.connections.open(response);
		int opening = response.blocks();
		this.connections.advance(Duration.ofMillis(14_900));
		assertThat(response.blocks()).isEqualTo(opening);
		this.connections.advance(ROUND.plusMillis(100));
		assertThat(response.blocks()).isEqualTo(opening + 1);
		this.connections.advance(Duration.ofSeconds(160));
		assertThat(response.blocks()).isEqualTo(opening + 11);
	}

	@Test
	void roundsAreAsShortAsTheShortestTimeNeeds() {
		this.connections = connections(Duration.ofSeconds(2));
		FakeResponse response = new FakeResponse();
		this.connections.open(response);
		int opening = response.blocks();
		this.connections.advance(Duration.ofMillis(2_300));
		assertThat(response.blocks()).isEqualTo(opening + 1);
	}

	@Test
	void lifeAndAuthenticationEndWithinARoundAfterTheirTimeAndNeverBefore() {
		Connection shortLived = this.connections.open(Duration.ofMillis(4_950), null);
		Connection expiring = this.connections.open(Duration.ZERO, Duration.ofMillis(4_950));
		Connection lasting = this.connections.open(Duration.ZERO, null);
		this.connections.advance(Duration.ofMillis(4_940));
		assertThat(List.of(shortLived, expiring)).noneMatch(Connection::isEnded);
		this.connections.advance(ROUND);
		assertThat(reason(shortLived)).isEqualTo(EndReason.LIFE_OVER);
		assertThat(reason(expiring)).isEqualTo(EndReason.EXPIRED);
		assertThat(lasting.isEnded()).isFalse();
	}

	@Test
	void whatIsEndingIsLookedAtOftenAndWhatIsOpenIsNot() {
		FakeResponse response = new FakeResponse();
		Connection broken = this.connections.open(response);
		Connection open = this.connections.open(Duration.ofMillis(1_050), null);
		this.connections.advance(ROUND);
		response.breakDown();
		this.connections.publish("a");
		this.connections.advance(Duration.ofMillis(150));
		assertThat(reason(broken)).isEqualTo(EndReason.CLIENT_GONE);
		assertThat(broken.isOver()).isFalse();
		this.connections.advance(SHORT_ROUND.multipliedBy(2));
		assertThat(broken.isOver()).isTrue();
		assertThat(open.isEnded()).isFalse();
	}

	@Test
	void whatTheContainerDoesNotEndIsLookedForEverySecondUntilItDoes() {
		Connection connection = this.connections.open(new FakeResponse());
		connection.end(EndReason.COMPLETED);
		this.connections.advance(Duration.ofMillis(900));
		assertThat(connection.isOver()).isTrue();
		assertThat(this.connections.looks).hasValue(0);
		this.connections.advance(Duration.ofMillis(3_300));
		assertThat(this.connections.looks).hasValueBetween(3, 4);
		connection.closed();
		int looks = this.connections.looks.get();
		this.connections.advance(Duration.ofSeconds(10));
		assertThat(this.connections.looks).hasValue(looks);
		assertThat(this.connections.all).isEmpty();
	}

	@Test
	void writeIsAbortedWhenItTakesTooLongAndSoonerOnceTheConnectionEnds() throws Exception {
		this.connections = connections(Duration.ofMinutes(1));
		Connection stuck = this.connections.open(new FakeResponse());
		Connection ending = this.connections.open(new FakeResponse());
		stuck.blockedWrite().enter(this.connections.scheduler.now());
		ending.blockedWrite().enter(this.connections.scheduler.now());
		this.connections.advance(Duration.ofMillis(28_500));
		assertThat(ending.end(EndReason.COMPLETED)).isTrue();
		this.connections.advance(Duration.ofMillis(1_100));
		await().untilAsserted(() -> assertThat(this.connections.aborts).hasValue(1));
		assertThat(stuck.isEnded()).isFalse();
		this.connections.advance(ROUND);
		assertThat(reason(stuck)).isEqualTo(EndReason.WRITE_TIMEOUT);
		await().untilAsserted(() -> assertThat(this.connections.aborts).hasValue(2));
		stuck.blockedWrite().leave();
		ending.blockedWrite().leave();
	}

	@Test
	void whatNeverBecomesAStreamIsGivenUpAfterHalfAMinute() {
		Connection pending = this.connections
			.pending(new Opening(List.of("a"), null, Duration.ofSeconds(5), Duration.ofSeconds(5)));
		this.connections.advance(Duration.ofSeconds(30));
		assertThat(pending.isEnded()).isFalse();
		this.connections.advance(ROUND);
		assertThat(reason(pending)).isEqualTo(EndReason.ABANDONED);
		assertThat(this.connections.all).isEmpty();
	}

	@Test
	void drainSpreadsTheEndsAndIsDoneAfterTheLast() {
		for (int i = 0; i < 100; i++) {
			this.connections.open(Duration.ofHours(1), null);
		}
		AtomicInteger hundredths = new AtomicInteger();
		this.connections.jitter(() -> hundredths.incrementAndGet() / 100.0);
		AtomicBoolean done = new AtomicBoolean();
		this.connections.supervisor.drain(Duration.ofSeconds(4), () -> done.set(true));
		this.connections.advance(Duration.ofSeconds(2));
		assertThat(this.connections.all.stream().filter(Connection::isEnded).count()).isBetween(40L, 60L);
		assertThat(done).isFalse();
		this.connections.advance(Duration.ofMillis(2_100));
		assertThat(this.connections.all).allMatch((connection) -> reason(connection) == EndReason.SHUTDOWN);
		assertThat(done).isTrue();
	}

	@Test
	void drainIsDoneTwoSecondsAfterTheLastEndWhateverIsNotOver() {
		Connection pending = this.connections.pending(new Opening(List.of("a"), null, Duration.ZERO, null));
		AtomicBoolean done = new AtomicBoolean();
		this.connections.supervisor.drain(Duration.ofSeconds(1), () -> done.set(true));
		this.connections.advance(Duration.ofMillis(2_900));
		assertThat(done).isFalse();
		this.connections.advance(Duration.ofMillis(200));
		assertThat(done).isTrue();
		assertThat(pending.isOver()).isFalse();
	}

	@Test
	void drainIsDoneThoughALookFails() {
		Connection connection = this.connections.open(Duration.ofHours(1), null);
		AtomicBoolean failed = new AtomicBoolean();
		this.connections.onEnd(() -> {
			failed.set(true);
			throw new IllegalStateException("on purpose");
		});
		this.connections.jitter(() -> 0.5);
		AtomicBoolean done = new AtomicBoolean();
		this.connections.supervisor.drain(Duration.ofSeconds(1), () -> done.set(true));
		// Before a round of all connections.
		this.connections.advance(Duration.ofMillis(600));
		assertThat(failed).isTrue();
		assertThat(connection.isOver()).isFalse();
		assertThat(done).isFalse();
		this.connections.advance(Duration.ofSeconds(3));
		assertThat(done).isTrue();
	}

	@Test
	void drainAfterTheStopIsDoneAtOnce() {
		Connection connection = this.connections.open(Duration.ofHours(1), null);
		this.connections.supervisor.stop();
		AtomicBoolean done = new AtomicBoolean();
		this.connections.supervisor.drain(Duration.ofSeconds(4), () -> done.set(true));
		assertThat(done).isTrue();
		assertThat(connection.isOver()).isFalse();
	}

	private static VirtualConnections connections(Duration heartbeatInterval) {
		return new VirtualConnections(new EventLog(1, 1024 * 1024), heartbeatInterval);
	}

}
