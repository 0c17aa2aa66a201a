package io.github.sseredis.benchmarks.server;

/**
 * Events to publish, on one line between processes.
 *
 * @param topics among how many topics they take turns: {@code t0}, {@code t1}, ...
 * @param first how many were published before
 * @param count how many to publish
 * @param rate events a second; 0 for as many as will go
 * @param size of the data, in bytes
 * @param callbacks whether each future has something attached, or all are awaited
 */
public record PublishOrder(int topics, long first, long count, int rate, int size, boolean callbacks) {

	static PublishOrder parse(String line) {
		String[] words = line.split(" ", -1);
		return new PublishOrder(Integer.parseInt(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]),
				Integer.parseInt(words[4]), Integer.parseInt(words[5]), Boolean.parseBoolean(words[6]));
	}

	public String toLine() {
		return "publish " + this.topics + " " + this.first + " " + this.count + " " + this.rate + " " + this.size + " "
				+ this.callbacks;
	}

}
