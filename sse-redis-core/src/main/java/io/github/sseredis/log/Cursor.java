package io.github.sseredis.log;

import java.util.Arrays;
import java.util.Optional;

import io.github.sseredis.EventId;
import org.jspecify.annotations.Nullable;

/**
 * What an event ID says: a position in each partition involved. With one partition its
 * wire form is {@code <epoch><sequence>}, with more
 * {@code <partitions>.<partition><epoch><sequence>.<partition>...}; sequences are in base
 * 62. Names no topics, so one cursor serves any set of them. Immutable.
 */
public final class Cursor {

	private final @Nullable Position[] positions;

	private Cursor(@Nullable Position[] positions) {
		this.positions = positions;
	}

	/** Returns the cursor with these positions, one a partition, null if not involved. */
	public static Cursor of(@Nullable Position... positions) {
		return new Cursor(positions.clone());
	}

	/**
	 * Returns what the ID says, or empty if it is not of our making or was made for
	 * another number of partitions.
	 */
	public static Optional<Cursor> parse(String id, int partitions) {
		if (id.length() > EventId.MAX_LENGTH) {
			return Optional.empty();
		}
		return partitions == 1 ? parseOne(id) : parseSeveral(id, partitions);
	}

	private static Optional<Cursor> parseOne(String id) {
		Position position = position(id, 0, id.length());
		return position != null ? Optional.of(Cursor.of(position)) : Optional.empty();
	}

	private static Optional<Cursor> parseSeveral(String id, int partitions) {
		@Nullable Position[] positions = new @Nullable Position[partitions];
		if (id.length() < 3 || id.charAt(0) != Base62.digit(partitions) || id.charAt(1) != '.') {
			return Optional.empty();
		}
		for (int start = 2; start <= id.length();) {
			int dot = id.indexOf('.', start);
			int end = dot < 0 ? id.length() : dot;
			int partition = (int) Base62.parse(id, start, Math.min(start + 1, end));
			Position position = position(id, start + 1, end);
			if (partition < 0 || partition >= partitions || positions[partition] != null || position == null) {
				return Optional.empty();
			}
			positions[partition] = position;
			start = end + 1;
		}
		return Optional.of(new Cursor(positions));
	}

	private static @Nullable Position position(String id, int from, int to) {
		int split = from + Position.EPOCH_LENGTH;
		if (split >= to || !Base62.isAll(id, from, split)) {
			return null;
		}
		long sequence = Base62.parse(id, split, to);
		return sequence >= 0 && sequence < Position.MAX_SEQUENCE ? new Position(id.substring(from, split), sequence)
				: null;
	}

	/** The position in a partition; null if the cursor does not involve it. */
	public @Nullable Position position(int partition) {
		return this.positions[partition];
	}

	/** Returns the wire form. */
	public EventId toEventId() {
		return EventId.parse(toString());
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Cursor that && Arrays.equals(this.positions, that.positions);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.positions);
	}

	@Override
	public String toString() {
		StringBuilder id = new StringBuilder(32);
		int partitions = this.positions.length;
		if (partitions > 1) {
			id.append(Base62.digit(partitions));
		}
		for (int i = 0; i < partitions; i++) {
			Position position = this.positions[i];
			if (position != null) {
				if (partitions > 1) {
					id.append('.').append(Base62.digit(i));
				}
				position.appendTo(id);
			}
		}
		return id.toString();
	}

}
