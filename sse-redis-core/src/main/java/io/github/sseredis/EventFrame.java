package io.github.sseredis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The fields of an event in the form in which they go to the client, UTF-8, each encoded
 * once: {@code event} and {@code data}. The {@code id} field and the blank line that ends
 * a frame are added where the position of the event is known.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">WHATWG,
 * interpreting an event stream</a>
 */
public final class EventFrame {

	private static final byte[] EVENT = ascii("event: ");

	private static final byte[] DATA = ascii("data: ");

	private static final byte[] ID = ascii("id: ");

	private EventFrame() {
	}

	/**
	 * Returns the fields {@code event} and {@code data}. The data is split at CR, LF and
	 * CRLF, as a client splits it: it receives each of them as LF.
	 * @param type the event type; null or empty for the default
	 * @throws IllegalArgumentException if the type has CR, LF or NUL, or one of the two
	 * is not valid Unicode
	 */
	public static byte[] encode(@Nullable String type, String data) {
		byte[] typeField = (type != null) && !type.isEmpty() ? utf8("type", requireOneLine("type", type)) : null;
		List<byte[]> lines = lines(data);
		int length = typeField != null ? EVENT.length + typeField.length + 1 : 0;
		for (byte[] line : lines) {
			length += DATA.length + line.length + 1;
		}
		byte[] frame = new byte[length];
		int at = 0;
		if (typeField != null) {
			at = field(frame, at, EVENT, typeField);
		}
		for (byte[] line : lines) {
			at = field(frame, at, DATA, line);
		}
		return frame;
	}

	/**
	 * Returns a frame that ends with the {@code id} field and a blank line.
	 * @param id the wire form of an {@link EventId}
	 */
	public static byte[] withId(byte[] fields, String id) {
		byte[] frame = new byte[fields.length + ID.length + id.length() + 2];
		System.arraycopy(fields, 0, frame, 0, fields.length);
		int at = field(frame, fields.length, ID, ascii(id));
		frame[at] = '\n';
		return frame;
	}

	/** Returns a frame that ends with a blank line and has no {@code id} field. */
	public static byte[] withoutId(byte[] fields) {
		byte[] frame = new byte[fields.length + 1];
		System.arraycopy(fields, 0, frame, 0, fields.length);
		frame[fields.length] = '\n';
		return frame;
	}

	private static String requireOneLine(String name, String value) {
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c == '\r' || c == '\n' || c == 0) {
				throw new IllegalArgumentException("The event's " + name
						+ " must have no CR, LF or NUL, got one at index " + i + " of " + value.length());
			}
		}
		return value;
	}

	/** Returns the index of the first surrogate without its pair, or -1. */
	static int indexOfLoneSurrogate(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (Character.isSurrogate(c)) {
				if (Character.isLowSurrogate(c) || i + 1 == text.length()
						|| !Character.isLowSurrogate(text.charAt(i + 1))) {
					return i;
				}
				i++;
			}
		}
		return -1;
	}

	private static List<byte[]> lines(String data) {
		if (data.indexOf('\n') < 0 && data.indexOf('\r') < 0) {
			return List.of(utf8("data", data));
		}
		List<byte[]> lines = new ArrayList<>();
		int start = 0;
		for (int i = 0; i < data.length(); i++) {
			char c = data.charAt(i);
			if (c == '\r' || c == '\n') {
				lines.add(utf8("data", data.substring(start, i)));
				if (c == '\r' && i + 1 < data.length() && data.charAt(i + 1) == '\n') {
					i++;
				}
				start = i + 1;
			}
		}
		lines.add(utf8("data", data.substring(start)));
		return lines;
	}

	// String.getBytes would replace what is not valid; a replaced character is a loss.
	private static byte[] utf8(String name, String text) {
		int surrogate = indexOfLoneSurrogate(text);
		if (surrogate >= 0) {
			throw new IllegalArgumentException("The event's " + name
					+ " must be valid Unicode, got a lone surrogate at index " + surrogate + " of a line");
		}
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static int field(byte[] frame, int at, byte[] name, byte[] value) {
		System.arraycopy(name, 0, frame, at, name.length);
		System.arraycopy(value, 0, frame, at + name.length, value.length);
		int end = at + name.length + value.length;
		frame[end] = '\n';
		return end + 1;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
