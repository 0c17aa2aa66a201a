package io.github.sseredis.log;

import java.util.List;

/**
 * What a topic has between two numbers, shared by all readers that asked for it.
 *
 * @param epoch the epoch at the time of reading; empty if nothing could be proven
 * @param after everything after this number is here
 * @param upTo everything up to this number is here
 * @param events the events, in order
 */
public record HistoryPage(String epoch, long after, long upTo, List<Event> events) {

	/** Says that it cannot be proven what there is. */
	public static final HistoryPage UNPROVEN = new HistoryPage("", 0, 0, List.of());

	public HistoryPage {
		events = List.copyOf(events);
	}

	boolean isProven() {
		return !this.epoch.isEmpty();
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
