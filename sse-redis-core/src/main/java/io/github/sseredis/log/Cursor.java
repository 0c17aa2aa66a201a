package io.github.sseredis.log;

import java.util.Arrays;
import java.util.Optional;

import io.github.sseredis.EventId;
import org.jspecify.annotations.Nullable;

/**
 * What an event ID says: a position in each partition involved. With one partition its
 * wire form is {@code <epoch><sequence>}, with more their number and then one component a
 * partition, {@code <n><epoch><sequence>.<epoch><sequence>...}, empty where it is not
 * involved; sequences are in base 62. Eight of the greatest sequences just fit
 * {@link EventId#MAX_LENGTH}. Names no topics, so one cursor serves any set of them.
 * Immutable.
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
		Position position = position(id);
		return position != null ? Optional.of(Cursor.of(position)) : Optional.empty();
	}

	private static Optional<Cursor> parseSeveral(String id, int partitions) {
		if (id.isEmpty() || id.charAt(0) != Base62.digit(partitions)) {
			return Optional.empty();
		}
		String[] components = id.substring(1).split("\\.", -1);
		if (components.length != partitions) {
			return Optional.empty();
		}
		@Nullable Position[] positions = new @Nullable Position[partitions];
		boolean involved = false;
		for (int i = 0; i < partitions; i++) {
			String component = components[i];
			positions[i] = position(component);
			if (positions[i] == null && !component.isEmpty()) {
				return Optional.empty();
			}
			involved |= positions[i] != null;
		}
		return involved ? Optional.of(new Cursor(positions)) : Optional.empty();
	}

	private static @Nullable Position position(String text) {
		int split = Position.EPOCH_LENGTH;
		if (text.length() <= split || !Position.isEpoch(text.substring(0, split))) {
			return null;
		}
		long sequence = Base62.parse(text, split, text.length());
		return sequence >= 0 && sequence < Position.MAX_SEQUENCE ? new Position(text.substring(0, split), sequence)
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
			if (i > 0) {
				id.append('.');
			}
			Position position = this.positions[i];
			if (position != null) {
				position.appendTo(id);
			}
		}
		return id.toString();
	}

}
