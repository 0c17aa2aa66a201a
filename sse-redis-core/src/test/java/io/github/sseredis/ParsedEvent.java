package io.github.sseredis;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An event as a browser would dispatch it, read by the letter of
 * <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">WHATWG</a> and
 * stricter in one thing: bytes that are not UTF-8 are an error.
 *
 * @param type the event type
 * @param data the data
 * @param lastEventId the last event ID at that moment
 */
record ParsedEvent(String type, String data, String lastEventId) {

	/** Reads a whole stream; what follows the last blank line is an error. */
	static List<ParsedEvent> parse(byte[] stream) {
		String text = decode(stream);
		List<ParsedEvent> events = new ArrayList<>();
		String type = "";
		String lastEventId = "";
		StringBuilder data = new StringBuilder();
		int start = 0;
		while (start < text.length()) {
			int end = start;
			while (end < text.length() && text.charAt(end) != '\r' && text.charAt(end) != '\n') {
				end++;
			}
			if (end == text.length()) {
				throw new IllegalArgumentException("The stream does not end with a line end");
			}
			String line = text.substring(start, end);
			start = text.startsWith("\r\n", end) ? end + 2 : end + 1;
			if (line.isEmpty()) {
				if (data.length() > 0) {
					data.setLength(data.length() - 1);
					events.add(new ParsedEvent(type.isEmpty() ? "message" : type, data.toString(), lastEventId));
				}
				data.setLength(0);
				type = "";
				continue;
			}
			int colon = line.indexOf(':');
			String name = colon < 0 ? line : line.substring(0, colon);
			String value = colon < 0 ? "" : line.substring(colon + 1);
			value = value.startsWith(" ") ? value.substring(1) : value;
			switch (name) {
				case "event" -> type = value;
				case "data" -> data.append(value).append('\n');
				case "id" -> lastEventId = value.indexOf('\0') < 0 ? value : lastEventId;
				default -> throw new IllegalArgumentException("A field that is none of ours: " + name);
			}
		}
		if (data.length() > 0 || !type.isEmpty()) {
			throw new IllegalArgumentException("The stream does not end with a blank line");
		}
		return events;
	}

	/** The data as a client receives what was sent: each line end is one LF. */
	static String withLineFeeds(String data) {
		return data.replace("\r\n", "\n").replace('\r', '\n');
	}

	private static String decode(byte[] stream) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(stream)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("The stream is not UTF-8", ex);
		}
	}

}
