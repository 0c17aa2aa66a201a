package io.github.sseredis.test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A parser of event streams after
 * <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">WHATWG</a>,
 * written for the tests alone, that hands out every block and not just the events. What
 * follows the last empty line is never handed out, as a browser drops it too.
 */
final class SseParser {

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	private final Consumer<SseBlock> sink;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	private boolean firstLine = true;

	private boolean afterReturn;

	// The block that is being read.

	private List<String> lines = new ArrayList<>();

	private List<String> comments = new ArrayList<>();

	private @Nullable StringBuilder data;

	private String type = "";

	private @Nullable String id;

	private @Nullable Long retry;

	// What stays between blocks.

	private String idBuffer = "";

	private volatile String lastEventId = "";

	private volatile @Nullable Long reconnectionTime;

	SseParser(Consumer<SseBlock> sink) {
		this.sink = sink;
	}

	/**
	 * The last event ID as a browser would hold it: every complete block counts.
	 * @return the ID, empty at first
	 */
	String lastEventId() {
		return this.lastEventId;
	}

	/**
	 * The reconnection time in milliseconds.
	 * @return the time, null if the stream named none
	 */
	@Nullable Long reconnectionTime() {
		return this.reconnectionTime;
	}

	void feed(byte[] bytes) {
		feed(bytes, 0, bytes.length);
	}

	void feed(byte[] bytes, int offset, int length) {
		for (int i = offset; i < offset + length; i++) {
			byte b = bytes[i];
			if (b == '\n' && this.afterReturn) {
				this.afterReturn = false;
				continue;
			}
			this.afterReturn = (b == '\r');
			if (b == '\r' || b == '\n') {
				endLine();
			}
			else {
				this.line.write(b);
			}
		}
	}

	private void endLine() {
		byte[] content = this.line.toByteArray();
		this.line.reset();
		int start = (this.firstLine && startsWithByteOrderMark(content)) ? BYTE_ORDER_MARK.length : 0;
		this.firstLine = false;
		String text = new String(content, start, content.length - start, StandardCharsets.UTF_8);
		if (text.isEmpty()) {
			endBlock();
			return;
		}
		this.lines.add(text);
		int colon = text.indexOf(':');
		if (colon < 0) {
			field(text, "");
			return;
		}
		String value = text.substring(colon + 1);
		value = value.startsWith(" ") ? value.substring(1) : value;
		if (colon == 0) {
			this.comments.add(value);
		}
		else {
			field(text.substring(0, colon), value);
		}
	}

	private void field(String name, String value) {
		switch (name) {
			case "event" -> this.type = value;
			case "data" -> {
				this.data = (this.data == null) ? new StringBuilder() : this.data.append('\n');
				this.data.append(value);
			}
			case "id" -> {
				if (value.indexOf('\0') < 0) {
					this.id = value;
					this.idBuffer = value;
				}
			}
			case "retry" -> {
				if (value.matches("[0-9]{1,18}")) {
					this.retry = Long.valueOf(value);
					this.reconnectionTime = this.retry;
				}
			}
			default -> {
				// A browser ignores fields that it does not know.
			}
		}
	}

	private void endBlock() {
		this.lastEventId = this.idBuffer;
		if (!this.lines.isEmpty()) {
			this.sink.accept(new SseBlock(this.lines, this.type.isEmpty() ? "message" : this.type,
					(this.data != null) ? this.data.toString() : null, this.id, this.retry, this.comments,
					this.lastEventId, System.nanoTime()));
		}
		this.lines = new ArrayList<>();
		this.comments = new ArrayList<>();
		this.data = null;
		this.type = "";
		this.id = null;
		this.retry = null;
	}

	private static boolean startsWithByteOrderMark(byte[] content) {
		return content.length >= 3 && content[0] == BYTE_ORDER_MARK[0] && content[1] == BYTE_ORDER_MARK[1]
				&& content[2] == BYTE_ORDER_MARK[2];
	}

}
