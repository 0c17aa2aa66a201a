package io.github.sseredis.log;

import java.util.List;
import java.util.stream.Collectors;

import io.github.sseredis.ResetReason;
import org.jspecify.annotations.Nullable;

/**
 * The epoch of a partition's log and those it continues. Two logs with equal lineages are
 * still two: readers compare them by identity.
 */
public final class Lineage {

	private final String epoch;

	private final List<Position> contained;

	/**
	 * Creates a lineage.
	 * @param epoch the current epoch
	 * @param contained the position up to which each earlier epoch is known to be
	 * contained in this one
	 */
	public Lineage(String epoch, List<Position> contained) {
		this.epoch = epoch;
		this.contained = List.copyOf(contained);
	}

	public String epoch() {
		return this.epoch;
	}

	List<Position> contained() {
		return this.contained;
	}

	/** Whether all that a position of another epoch stands for is contained here. */
	public boolean contains(Position position) {
		return objectionTo(position) == null;
	}

	/** Returns why a position means nothing here, or null if it does. */
	@Nullable ResetReason objectionTo(Position position) {
		if (position.epoch().equals(this.epoch)) {
			return null;
		}
		Position end = endOf(position.epoch());
		if (end == null) {
			return ResetReason.UNKNOWN_EPOCH;
		}
		return position.sequence() <= end.sequence() ? null : ResetReason.ROLLED_BACK;
	}

	/** Returns up to where an earlier epoch is contained, or null if it is not. */
	@Nullable Position endOf(String earlier) {
		for (Position end : this.contained) {
			if (end.epoch().equals(earlier)) {
				return end;
			}
		}
		return null;
	}

	@Override
	public String toString() {
		return this.contained.stream()
			.map((end) -> " after " + end.epoch() + ":" + end.sequence())
			.collect(Collectors.joining("", this.epoch, ""));
	}

}
