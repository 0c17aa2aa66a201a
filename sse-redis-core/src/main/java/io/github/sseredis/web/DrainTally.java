package io.github.sseredis.web;

import io.github.sseredis.log.PartitionLog;

/** What one drain has written; by the drainer. */
final class DrainTally {

	private int frames;

	private int writes;

	private long bytes;

	private long oldest = PartitionLog.UNKNOWN_TIME;

	/** Notes events that are about to be written, of which the first is the oldest. */
	void frames(int count, long publishedAt) {
		this.frames += count;
		if (publishedAt != PartitionLog.UNKNOWN_TIME
				&& (this.oldest == PartitionLog.UNKNOWN_TIME || publishedAt - this.oldest < 0)) {
			this.oldest = publishedAt;
		}
	}

	void write(int length) {
		this.writes++;
		this.bytes += length;
	}

	int frames() {
		return this.frames;
	}

	int writes() {
		return this.writes;
	}

	long bytes() {
		return this.bytes;
	}

	/** When the oldest event was published that the client was waiting for. */
	long oldest() {
		return this.oldest;
	}

	void clear() {
		this.frames = 0;
		this.writes = 0;
		this.bytes = 0;
		this.oldest = PartitionLog.UNKNOWN_TIME;
	}

}
