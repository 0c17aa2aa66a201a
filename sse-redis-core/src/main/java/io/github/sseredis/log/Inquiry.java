package io.github.sseredis.log;

import org.jspecify.annotations.Nullable;

/**
 * A question of a reader where the numbers of its partition end now: it came with a
 * cursor that the log does not know, and the log may be the one that is behind. The
 * answer comes on another thread, then the reader is signalled.
 */
final class Inquiry {

	private volatile @Nullable Position end;

	private volatile boolean answered;

	private Inquiry() {
	}

	static Inquiry to(History history, Subscriber reader) {
		Inquiry inquiry = new Inquiry();
		history.locate((end) -> {
			inquiry.end = end;
			inquiry.answered = true;
			reader.signal();
		});
		return inquiry;
	}

	boolean isAnswered() {
		return this.answered;
	}

	/**
	 * Whether what the log does not know is known nowhere: the log is of the epoch that
	 * counts, and no number is as great.
	 */
	boolean denies(String epoch, long sequence) {
		Position known = this.end;
		return known == null || (known.epoch().equals(epoch) && known.sequence() < sequence);
	}

	/** Whether there is a number in an epoch. */
	boolean confirms(String epoch, long sequence) {
		Position known = this.end;
		return known != null && known.epoch().equals(epoch) && known.sequence() >= sequence;
	}

}
