package io.github.sseredis.autoconfigure;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.sseredis.ConnectionInfo;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.log.PartitionLog;
import io.github.sseredis.log.Position;
import org.jspecify.annotations.Nullable;

/**
 * What the actuator endpoint says of an instance.
 *
 * @param connections the number of connections
 * @param lastEventId the place of the event log
 * @param partitions the partitions of the event log
 * @param byTopic the numbers of connections by topic; null if they are not to be shown
 * @param byPrincipal the numbers of connections by principal, anonymous ones left out;
 * null if they are not to be shown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConnectionReport(int connections, String lastEventId, List<Partition> partitions,
		@Nullable Map<String, Long> byTopic, @Nullable Map<String, Long> byPrincipal) {

	/** Of the topics and principals, those with the most connections. */
	private static final int MOST = 100;

	static ConnectionReport numbers(Collection<ConnectionInfo> connections, EventLog log) {
		return new ConnectionReport(connections.size(), log.lastEventId().toString(), partitions(log), null, null);
	}

	static ConnectionReport detailed(Collection<ConnectionInfo> connections, EventLog log) {
		return new ConnectionReport(connections.size(), log.lastEventId().toString(), partitions(log),
				counts(connections.stream().flatMap((connection) -> connection.topics().stream())),
				counts(connections.stream().map(ConnectionInfo::principal).flatMap(Stream::ofNullable)));
	}

	private static List<Partition> partitions(EventLog log) {
		return log.partitions().stream().map(Partition::of).toList();
	}

	private static Map<String, Long> counts(Stream<String> names) {
		Map<String, Long> all = names.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		Map<String, Long> most = new LinkedHashMap<>();
		all.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
				.thenComparing(Map.Entry.comparingByKey()))
			.limit(MOST)
			.forEach((entry) -> most.put(entry.getKey(), entry.getValue()));
		return most;
	}

	/**
	 * A partition of the event log.
	 *
	 * @param partition its number
	 * @param epoch its epoch; null while no position is known
	 * @param position the number of its newest event
	 * @param bytes the memory of its events
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Partition(int partition, @Nullable String epoch, long position, long bytes) {

		static Partition of(PartitionLog log) {
			Position position = log.position();
			return new Partition(log.partition(), (position != null) ? position.epoch() : null,
					(position != null) ? position.sequence() : 0, log.bytes());
		}

	}

	/**
	 * A connection.
	 *
	 * @param topics the topics it receives
	 * @param opened when it was opened
	 * @param lastEventId the place up to which it has been served
	 * @param lag events of the log it has not been served yet
	 */
	record Connection(List<String> topics, Instant opened, String lastEventId, long lag) {

		static Connection of(ConnectionInfo info) {
			return new Connection(info.topics(), info.opened(), info.lastEventId().toString(), info.lag());
		}

	}

}
