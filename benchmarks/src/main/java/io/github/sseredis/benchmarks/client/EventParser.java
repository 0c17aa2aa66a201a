package io.github.sseredis.benchmarks.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads a stream of events piece by piece and makes no object for any. Of the data it
 * takes the first three numbers (topic, number, due time) and skips the rest of the line.
 * Fields are told apart by their first letter: the servers here send no others.
 */
final class EventParser {

	private static final byte[] RESET = "reset".getBytes(StandardCharsets.US_ASCII);

	private static final long LOW_BITS = 0x0101010101010101L;

	private static final long LINE_FEEDS = LOW_BITS * '\n';

	private enum State {

		LINE_START, FIELD_NAME, DATA, ID, TYPE, SKIP

	}

	private final EventSink sink;

	// The line that is being read.

	private State state = State.LINE_START;

	private State value = State.SKIP;

	private boolean inNumber;

	// The block that is being read.

	private int numbers;

	private long first;

	private long second;

	private long third;

	private boolean hasData;

	private int typeLength;

	private int resetLength;

	private byte[] id = new byte[64];

	private int idLength = -1;

	// What stays between blocks.

	private byte[] lastId = new byte[64];

	private int lastIdLength;

	EventParser(EventSink sink) {
		this.sink = sink;
	}

	/** The last event ID, as a browser would hold it; empty if there is none. */
	String lastEventId() {
		return new String(this.lastId, 0, this.lastIdLength, StandardCharsets.US_ASCII);
	}

	/** Forgets a block that was cut off. */
	void restart() {
		this.state = State.LINE_START;
		clearBlock();
	}

	void parse(ByteBuffer bytes, int from, int to) {
		int i = from;
		while (i < to) {
			if (this.state == State.SKIP) {
				i = lineFeed(bytes, i, to);
				if (i < to) {
					this.state = State.LINE_START;
					i++;
				}
			}
			else {
				next(bytes.get(i++));
			}
		}
	}

	private void next(byte b) {
		switch (this.state) {
			case LINE_START -> lineStart(b);
			case FIELD_NAME -> {
				if (b == ':') {
					this.state = this.value;
				}
				else if (b == '\n') {
					this.state = State.LINE_START;
				}
			}
			case DATA -> data(b);
			case ID -> id(b);
			case TYPE -> type(b);
			case SKIP -> throw new IllegalStateException();
		}
	}

	private void lineStart(byte b) {
		this.state = State.FIELD_NAME;
		switch (b) {
			case '\n' -> {
				this.state = State.LINE_START;
				endBlock();
			}
			case '\r' -> this.state = State.LINE_START;
			case 'd' -> {
				this.value = State.DATA;
				this.hasData = true;
			}
			case 'i' -> {
				this.value = State.ID;
				this.idLength = 0;
			}
			case 'e' -> this.value = State.TYPE;
			case 'r' -> this.value = State.SKIP;
			case ':' -> this.state = State.SKIP;
			default -> {
				this.sink.malformed();
				this.state = State.SKIP;
			}
		}
	}

	private void data(byte b) {
		if (b >= '0' && b <= '9') {
			this.third = this.third * 10 + (b - '0');
			this.inNumber = true;
			return;
		}
		if (this.inNumber) {
			this.inNumber = false;
			this.numbers++;
			if (this.numbers < 3) {
				this.first = this.second;
				this.second = this.third;
				this.third = 0;
			}
			else {
				this.state = State.SKIP;
			}
		}
		if (b == '\n') {
			this.state = State.LINE_START;
		}
	}

	private void id(byte b) {
		if (b == '\n') {
			this.state = State.LINE_START;
		}
		else if (b != ' ' && b != '\r') {
			if (this.idLength == this.id.length) {
				this.sink.malformed();
				this.idLength = 0;
			}
			this.id[this.idLength++] = b;
		}
	}

	private void type(byte b) {
		if (b == '\n') {
			this.state = State.LINE_START;
		}
		else if (b != ' ' && b != '\r') {
			if (this.typeLength < RESET.length && RESET[this.typeLength] == b) {
				this.resetLength++;
			}
			this.typeLength++;
		}
	}

	private void endBlock() {
		if (this.idLength >= 0) {
			byte[] ended = this.lastId;
			this.lastId = this.id;
			this.lastIdLength = this.idLength;
			this.id = ended;
		}
		if (this.typeLength == RESET.length && this.resetLength == RESET.length) {
			this.sink.reset();
		}
		else if (this.numbers == 3) {
			this.sink.event((int) this.first, this.second, this.third);
		}
		else if (this.hasData) {
			this.sink.malformed();
		}
		clearBlock();
	}

	private void clearBlock() {
		this.numbers = 0;
		this.first = 0;
		this.second = 0;
		this.third = 0;
		this.inNumber = false;
		this.hasData = false;
		this.typeLength = 0;
		this.resetLength = 0;
		this.idLength = -1;
	}

	// Most bytes are padding: eight at a time.
	private static int lineFeed(ByteBuffer bytes, int from, int to) {
		int i = from;
		for (; i + Long.BYTES <= to; i += Long.BYTES) {
			if (hasLineFeed(bytes.getLong(i))) {
				break;
			}
		}
		while (i < to && bytes.get(i) != '\n') {
			i++;
		}
		return i;
	}

	private static boolean hasLineFeed(long eight) {
		long zeros = eight ^ LINE_FEEDS;
		return ((zeros - LOW_BITS) & ~zeros & (LOW_BITS << 7)) != 0;
	}

}
