package io.github.sseredis;

import java.util.regex.Pattern;

/**
 * The ID of an event, and with it a place in the order of events: a client that opens a
 * stream with it receives what came after. Opaque: the only things to do with it are to
 * hand it out and to hand it back. Immutable and thread-safe.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#the-last-event-id-header">WHATWG,
 * the {@code Last-Event-ID} header</a>
 */
public final class EventId {

	/** The ID of nothing: a stream opened with it begins with a {@code reset}. */
	public static final EventId NONE = new EventId("0");

	/** The greatest length of an ID, in characters. */
	public static final int MAX_LENGTH = 128;

	// A cross-origin Last-Event-ID outside this alphabet, or longer, costs a preflight.
	private static final Pattern WIRE_FORM = Pattern.compile("[A-Za-z0-9.-]{1," + MAX_LENGTH + "}");

	private final String value;

	private EventId(String value) {
		this.value = value;
	}

	/**
	 * Returns the ID with this wire form, the inverse of {@link #toString()}. Whether the
	 * ID still means something is decided when a stream is opened with it.
	 * @param value 1 to {@value #MAX_LENGTH} characters of {@code [A-Za-z0-9.-]}
	 * @throws IllegalArgumentException if the value is no wire form of an ID
	 */
	public static EventId parse(String value) {
		if (!WIRE_FORM.matcher(value).matches()) {
			throw new IllegalArgumentException("Not an event ID: expected 1 to " + MAX_LENGTH
					+ " characters of [A-Za-z0-9.-], got " + value.length() + " characters");
		}
		return NONE.value.equals(value) ? NONE : new EventId(value);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof EventId that && this.value.equals(that.value);
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	/** Returns the wire form, as it stands in the {@code id:} field. */
	@Override
	public String toString() {
		return this.value;
	}

}
