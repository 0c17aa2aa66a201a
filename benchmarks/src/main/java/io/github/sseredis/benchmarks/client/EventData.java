package io.github.sseredis.benchmarks.client;

/** Makes the data of events: what {@link EventParser} reads, and padding. */
public final class EventData {

	private final String padding;

	private final int size;

	/**
	 * Creates a maker of data.
	 * @param size of the data, in bytes
	 */
	public EventData(int size) {
		this.size = size;
		this.padding = "x".repeat(size);
	}

	/**
	 * Returns the data of an event.
	 * @param number its number within the topic, from 1
	 * @param due when it is due, by {@link System#nanoTime}, which processes of one
	 * machine share
	 */
	public String of(int topic, long number, long due) {
		StringBuilder data = new StringBuilder(this.size + 8);
		data.append(topic).append(' ').append(number).append(' ').append(due).append(' ');
		if (data.length() < this.size) {
			data.append(this.padding, data.length(), this.size);
		}
		return data.toString();
	}

}
