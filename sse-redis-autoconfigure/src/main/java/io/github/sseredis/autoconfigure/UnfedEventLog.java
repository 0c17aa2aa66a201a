package io.github.sseredis.autoconfigure;

import java.util.List;

import io.github.sseredis.log.EventLog;
import io.github.sseredis.log.Lineage;
import io.github.sseredis.log.PartitionLog;
import io.github.sseredis.log.Position;

/**
 * The event log of an application whose broadcaster does not know of it. It stays empty,
 * but it has a position, so that streams open and do not wait for one.
 */
final class UnfedEventLog {

	private UnfedEventLog() {
	}

	/** Begins what has not been begun. */
	static void begin(EventLog log) {
		for (PartitionLog partition : log.partitions()) {
			if (partition.lineage() == null) {
				partition.start(new Lineage(Position.newEpoch(), List.of()), 0);
				partition.publish(0);
			}
		}
	}

}
