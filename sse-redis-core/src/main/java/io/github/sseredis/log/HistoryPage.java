package io.github.sseredis.log;

import java.util.List;

/**
 * What a topic has between two numbers, shared by all readers that asked for it.
 *
 * @param epoch the epoch at the time of reading; empty if there is none but the log's
 * @param after everything after this number is here
 * @param upTo everything up to this number is here; negative if nothing could be proven
 * @param events the events, in order
 */
public record HistoryPage(String epoch, long after, long upTo, List<Event> events) {

	public HistoryPage {
		events = List.copyOf(events);
	}

	/** Says that it cannot be proven, in an epoch, what there is. */
	public static HistoryPage unproven(String epoch) {
		return new HistoryPage(epoch, 0, -1, List.of());
	}

	boolean isProven() {
		return this.upTo >= 0;
	}

	boolean isOf(String other) {
		return this.epoch.isEmpty() || this.epoch.equals(other);
	}

	/** Returns the index of the first event after a number. */
	int indexAfter(long sequence) {
		int from = 0;
		int to = this.events.size();
		while (from < to) {
			int middle = (from + to) >>> 1;
			if (this.events.get(middle).sequence() <= sequence) {
				from = middle + 1;
			}
			else {
				to = middle;
			}
		}
		return from;
	}

	/**
	 * An event of a page.
	 *
	 * @param sequence its number
	 * @param frame as {@link PartitionLog#frame} returned it; not to be modified
	 */
	@SuppressWarnings("ArrayRecordComponent") // never compared
	public record Event(long sequence, byte[] frame) {

	}

}
