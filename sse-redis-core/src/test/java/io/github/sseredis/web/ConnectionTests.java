package io.github.sseredis.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.sseredis.log.Cursor;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.log.History;
import io.github.sseredis.log.HistoryPage;
import io.github.sseredis.log.Position;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.github.sseredis.web.VirtualConnections.reason;
import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of single connections, in virtual time. */
class ConnectionTests {

	private static final Duration REPORT_TIME = Duration.ofMillis(200);

	@Test
	void containerIsGivenTimeToReportAFailedWriteFromWhenItFailed() {
		VirtualConnections connections = connections(new EventLog(1, 1024 * 1024));
		FakeResponse response = new FakeResponse();
		Connection connection = connections.open(response);
		response.onWrite(() -> {
			// Ended long before its write fails, as one that is stuck at a shutdown.
			connection.end(EndReason.SHUTDOWN);
			connections.scheduler.advance(Duration.ofSeconds(1));
			response.breakDown();
		});
		connections.publish("a");
		connections.advance(REPORT_TIME.minusMillis(1));
		assertThat(reason(connection)).isEqualTo(EndReason.SHUTDOWN);
		assertThat(connection.isOver()).isFalse();
		connections.advance(REPORT_TIME.plusMillis(100));
		assertThat(connection.isOver()).isTrue();
	}

	@Test
	void onlyTheFirstDrainOfAStreamOpensIt() {
		VirtualConnections connections = connections(new EventLog(1, 1024 * 1024));
		connections.open(new FakeResponse());
		assertThat(connections.openings).hasValue(1);
		connections.publish("a");
		connections.advance(Duration.ofSeconds(1));
		assertThat(connections.openings).hasValue(1);
	}

	@Test
	void nothingIsWrittenAndTheContainerGivenTimeAfterTheLastWriteFailed() {
		VirtualConnections connections = connections(new EventLog(1, 1024 * 1024));
		FakeResponse response = new FakeResponse();
		Connection connection = connections.open(response);
		AtomicInteger writes = new AtomicInteger();
		response.onWrite(writes::incrementAndGet);
		response.breakDown();
		connection.end(EndReason.DISCONNECTED);
		connections.advance(REPORT_TIME.minusMillis(1));
		assertThat(connection.isOver()).isFalse();
		connections.advance(REPORT_TIME);
		assertThat(connection.isOver()).isTrue();
		assertThat(writes).hasValue(1);
	}

	@Test
	void streamThatFallsBehindInOnePartitionWhileItResumesInAnotherIsAResumeThatWasReset() {
		EventLog log = new EventLog(2, 2 * 2000);
		VirtualConnections connections = connections(log);
		String current = topicOf(log, 0);
		String trimmed = topicOf(log, 1);
		Position first = connections.publish(current);
		for (int i = 0; i < 100; i++) {
			connections.publish(trimmed);
		}
		UnansweredHistory history = new UnansweredHistory();
		log.partitions().forEach((partition) -> partition.keptIn(history));
		String cursor = Cursor.of(first, new Position(VirtualConnections.EPOCH, 1)).toString();
		FakeResponse response = new FakeResponse();
		connections.open(new Opening(List.of(current, trimmed), cursor, Duration.ZERO, null), response);
		assertThat(history.asked).containsExactly(trimmed);
		for (int i = 0; i < 100; i++) {
			connections.publish(current);
		}
		connections.advance(Duration.ZERO);
		assertThat(history.asked).containsExactly(trimmed, current);
		history.denyAll();
		connections.advance(Duration.ZERO);
		assertThat(count(connections, "overflow")).isEqualTo(1);
		assertThat(count(connections, "trimmed")).isZero();
		assertThat(connections.statistics.resetsByReason().get("trimmed").getAsLong()).isEqualTo(1);
	}

	private static long count(VirtualConnections connections, String reason) {
		return Objects.requireNonNull(connections.statistics.resumedByReset().get(reason)).getAsLong();
	}

	private static VirtualConnections connections(EventLog log) {
		return new VirtualConnections(log, Duration.ofSeconds(15));
	}

	private static String topicOf(EventLog log, int partition) {
		int i = 0;
		while (log.partitionOf("topic-" + i).partition() != partition) {
			i++;
		}
		return "topic-" + i;
	}

	/** Keeps nothing, and takes its time to say so. */
	private static final class UnansweredHistory implements History {

		private final List<String> asked = new ArrayList<>();

		private final List<Consumer<HistoryPage>> answers = new ArrayList<>();

		@Override
		public void read(String topic, long after, Consumer<HistoryPage> answer) {
			this.asked.add(topic);
			this.answers.add(answer);
		}

		@Override
		public void locate(Consumer<@Nullable Position> answer) {
		}

		void denyAll() {
			this.answers.forEach((answer) -> answer.accept(HistoryPage.unproven("")));
		}

	}

}
