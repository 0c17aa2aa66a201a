package io.github.sseredis.log;

import io.github.sseredis.ResetReason;
import org.jspecify.annotations.Nullable;

/**
 * The epoch of a partition's log and the one it continues. Two logs with equal lineages
 * are still two: readers compare them by identity.
 */
public final class Lineage {

	private final String epoch;

	private final @Nullable Position was;

	/**
	 * Creates a lineage.
	 * @param epoch the current epoch
	 * @param was the position up to which an earlier epoch is known to be contained in
	 * this one; null if none is
	 */
	public Lineage(String epoch, @Nullable Position was) {
		this.epoch = epoch;
		this.was = was;
	}

	public String epoch() {
		return this.epoch;
	}

	public @Nullable Position was() {
		return this.was;
	}

	/** Returns why a position means nothing here, or null if it does. */
	@Nullable ResetReason objectionTo(Position position) {
		if (position.epoch().equals(this.epoch)) {
			return null;
		}
		if (this.was == null || !position.epoch().equals(this.was.epoch())) {
			return ResetReason.UNKNOWN_EPOCH;
		}
		return position.sequence() <= this.was.sequence() ? null : ResetReason.ROLLED_BACK;
	}

	@Override
	public String toString() {
		return this.epoch + (this.was != null ? " after " + this.was.epoch() + ":" + this.was.sequence() : "");
	}

}
