package io.github.sseredis.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.sseredis.log.Lineage;
import io.github.sseredis.log.PartitionLog;
import io.github.sseredis.redis.RedisPartition.RecentPage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what Redis keeps of a partition's recent events into the log: all of it when the
 * log begins, a hole when something was missed. {@code recent} has every number between
 * its ends, so what begins where it must is complete. Used by the appender's thread.
 */
final class RecentEvents {

	private static final Logger logger = LoggerFactory.getLogger(RecentEvents.class);

	private static final int PAGE = 100;

	private final RedisPartition partition;

	private final PartitionLog log;

	private final long memory;

	private final SubscriptionMonitor monitor;

	/**
	 * Creates a reader.
	 * @param memory what the log holds, in bytes
	 */
	RecentEvents(RedisPartition partition, PartitionLog log, long memory, SubscriptionMonitor monitor) {
		this.partition = partition;
		this.log = log;
		this.memory = memory;
		this.monitor = monitor;
	}

	/** Begins the log anew with what there is up to a position. */
	void fill(RedisPosition position) {
		List<Numbered> events = newest(position);
		Collections.reverse(events);
		long first = events.isEmpty() ? position.sequence() + 1 : events.get(0).sequence();
		this.log.start(position.lineage(), first - 1);
		events.forEach(this::append);
		this.log.publish(position.sequence());
		logger.debug("Partition {} begins at {} with {} events", this.partition.number(), position, events.size());
	}

	private List<Numbered> newest(RedisPosition position) {
		List<Numbered> events = new ArrayList<>();
		long bytes = 0;
		long next = position.sequence();
		while (next > 0 && bytes < this.memory) {
			RecentPage page = this.partition.recentBackwards(null, next, PAGE);
			requireEpoch(position.epoch(), page);
			this.monitor.foreignEntries(this.partition.number(), page.foreign());
			for (Numbered event : page.events()) {
				if (event.sequence() != next || bytes >= this.memory) {
					return events;
				}
				events.add(event);
				bytes += event.fields().length;
				next--;
			}
			if (page.events().isEmpty()) {
				return events;
			}
		}
		return events;
	}

	/**
	 * Appends what is missing up to a number, as far as there is such; begins anew where
	 * Redis no longer has it.
	 * @throws EpochChangedException if the epoch is not the log's: its numbers are others
	 */
	void repair(long upTo) {
		Lineage here = this.log.lineage();
		if (here == null) {
			throw new IllegalStateException("The log has no position");
		}
		long next = this.log.end() + 1;
		while (next <= upTo) {
			RecentPage page = this.partition.recent(this.log.position(), next, upTo, PAGE);
			requireEpoch(here.epoch(), page);
			this.monitor.foreignEntries(this.partition.number(), page.foreign());
			if (page.position().sequence() < next) {
				return;
			}
			if (page.events().isEmpty() || page.events().get(0).sequence() != next) {
				this.monitor.unrepaired(this.partition.number(), next, upTo);
				fill(page.position());
				return;
			}
			for (Numbered event : page.events()) {
				if (event.sequence() != next) {
					break;
				}
				append(event);
				next++;
			}
			this.log.publish(next - 1);
		}
	}

	private void append(Numbered event) {
		if (event.topic() != null) {
			this.log.append(event.sequence(), event.topic(), event.fields());
		}
	}

	private static void requireEpoch(String epoch, RecentPage page) {
		if (!page.position().epoch().equals(epoch)) {
			throw new EpochChangedException(epoch, page.position().epoch());
		}
	}

}
