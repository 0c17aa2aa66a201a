package io.github.sseredis.benchmarks.scenario;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.github.sseredis.benchmarks.client.StalledSocket;
import io.github.sseredis.benchmarks.report.Row;

/**
 * What the sockets of stalled readers held from one look at them to the next, while
 * events flowed all the time. One that holds no more than before is full.
 */
final class FillLog {

	private final long begin;

	private final Map<StalledSocket, Fill> fills = new HashMap<>();

	private Set<StalledSocket> open = Set.of();

	FillLog(long begin) {
		this.begin = begin;
	}

	/**
	 * Takes what was seen.
	 * @param now the time in nanoseconds
	 * @param held the bytes that each socket holds that its server has not closed
	 */
	void look(long now, Map<StalledSocket, Long> held) {
		held.forEach((socket, bytes) -> this.fills.merge(socket, new Fill(bytes, now, now),
				(before, seen) -> before.then(bytes, now)));
		this.open = Set.copyOf(held.keySet());
	}

	/** The most bytes that one of them held. */
	long mostBytes() {
		return this.fills.values().stream().mapToLong(Fill::bytes).max().orElse(0);
	}

	/** Adds which socket was full longest, and how many were closed by their server. */
	Row addTo(Row row) {
		Fill longest = this.fills.values()
			.stream()
			.max(Comparator.comparingLong(Fill::fullNanos))
			.orElse(new Fill(0, this.begin, this.begin));
		return row.with("a socket took MB", longest.bytes() / 1e6)
			.with("full after s", (longest.grewAt() - this.begin) / 1e9)
			.with("full for s", longest.fullNanos() / 1e9)
			.with("cut off", this.fills.size() - this.open.size());
	}

	/**
	 * What one socket held.
	 *
	 * @param bytes the most
	 * @param grewAt when it was first seen with as much
	 * @param seenAt when it was last seen open
	 */
	private record Fill(long bytes, long grewAt, long seenAt) {

		Fill then(long held, long now) {
			return (held > this.bytes) ? new Fill(held, now, now) : new Fill(this.bytes, this.grewAt, now);
		}

		long fullNanos() {
			return this.seenAt - this.grewAt;
		}

	}

}
