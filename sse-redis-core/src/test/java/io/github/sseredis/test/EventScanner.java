package io.github.sseredis.test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Counts the events of a stream without making objects: for each it finds the first
 * number in its data, and it holds the last event ID. Used by one thread.
 */
final class EventScanner {

	/** The number of an event without a digit in its data. */
	static final long NO_NUMBER = -1;

	private static final byte[] RESET = "reset".getBytes(StandardCharsets.US_ASCII);

	private enum Field {

		NAME, DATA, ID, EVENT, OTHER

	}

	private final EventSink sink;

	// The line that is being read.

	private Field field = Field.NAME;

	private final byte[] name = new byte[8];

	private int nameLength;

	private boolean valueBegun;

	private boolean afterReturn;

	// The block that is being read.

	private boolean hasData;

	private long number = NO_NUMBER;

	private boolean numberComplete;

	private byte[] id = new byte[64];

	private int idLength;

	private final byte[] type = new byte[16];

	private int typeLength;

	// What stays between blocks.

	private byte[] lastId = new byte[64];

	private int lastIdLength;

	EventScanner(EventSink sink) {
		this.sink = sink;
	}

	String lastEventId() {
		return new String(this.lastId, 0, this.lastIdLength, StandardCharsets.UTF_8);
	}

	void feed(byte[] bytes, int offset, int length) {
		int end = offset + length;
		int i = offset;
		while (i < end) {
			byte b = bytes[i++];
			if (b == '\n') {
				if (!this.afterReturn) {
					endLine();
				}
				this.afterReturn = false;
			}
			else if (b == '\r') {
				endLine();
				this.afterReturn = true;
			}
			else {
				this.afterReturn = false;
				take(b);
				if (isRestOfLineIdle()) {
					i = skipLine(bytes, i, end);
				}
			}
		}
	}

	// Most bytes are a payload's, after its number: they need not be looked at one by
	// one.
	private boolean isRestOfLineIdle() {
		return this.field == Field.OTHER || (this.field == Field.DATA && this.numberComplete);
	}

	private static int skipLine(byte[] bytes, int from, int end) {
		int i = from;
		while (i < end && bytes[i] != '\n' && bytes[i] != '\r') {
			i++;
		}
		return i;
	}

	private void take(byte b) {
		if (this.field == Field.NAME) {
			if (b == ':') {
				this.field = named();
			}
			else if (this.nameLength < this.name.length) {
				this.name[this.nameLength++] = b;
			}
			return;
		}
		boolean space = (b == ' ' && !this.valueBegun);
		this.valueBegun = true;
		if (!space) {
			takeValue(b);
		}
	}

	private void takeValue(byte b) {
		if (this.field == Field.DATA && !this.numberComplete) {
			if (b >= '0' && b <= '9') {
				this.number = Math.max(this.number, 0) * 10 + (b - '0');
			}
			else {
				this.numberComplete = (this.number != NO_NUMBER);
			}
		}
		else if (this.field == Field.ID) {
			if (this.idLength == this.id.length) {
				this.id = Arrays.copyOf(this.id, this.idLength * 2);
			}
			this.id[this.idLength++] = b;
		}
		else if (this.field == Field.EVENT && this.typeLength < this.type.length) {
			this.type[this.typeLength++] = b;
		}
	}

	private Field named() {
		Field found = switch (this.nameLength) {
			case 2 -> isNamed("id") ? Field.ID : Field.OTHER;
			case 4 -> isNamed("data") ? Field.DATA : Field.OTHER;
			case 5 -> isNamed("event") ? Field.EVENT : Field.OTHER;
			default -> Field.OTHER;
		};
		if (found == Field.DATA) {
			this.hasData = true;
		}
		else if (found == Field.ID) {
			this.idLength = 0;
		}
		else if (found == Field.EVENT) {
			this.typeLength = 0;
		}
		return found;
	}

	private boolean isNamed(String field) {
		for (int i = 0; i < field.length(); i++) {
			if (this.name[i] != field.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	private void endLine() {
		if (this.field == Field.NAME) {
			if (this.nameLength == 0) {
				endBlock();
				return;
			}
			named();
		}
		// A number does not go on in the next line of the data.
		this.numberComplete = (this.number != NO_NUMBER);
		this.field = Field.NAME;
		this.nameLength = 0;
		this.valueBegun = false;
	}

	private void endBlock() {
		byte[] previous = this.lastId;
		if (previous.length < this.id.length) {
			previous = new byte[this.id.length];
			this.lastId = previous;
		}
		System.arraycopy(this.id, 0, previous, 0, this.idLength);
		this.lastIdLength = this.idLength;
		if (this.hasData) {
			boolean reset = Arrays.equals(this.type, 0, this.typeLength, RESET, 0, RESET.length);
			this.sink.event(this.number, reset);
		}
		this.hasData = false;
		this.number = NO_NUMBER;
		this.numberComplete = false;
		this.typeLength = 0;
	}

	/**
	 * Takes the events that the scanner finds.
	 */
	interface EventSink {

		void event(long number, boolean reset);

	}

}
