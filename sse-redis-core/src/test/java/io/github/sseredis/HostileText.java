package io.github.sseredis;

import java.util.Random;

/**
 * Makes text that is out to break what it is put into: any UTF-16 units, with line ends,
 * NUL, byte order marks, lone surrogates and pieces of the protocol far more often.
 */
public final class HostileText {

	private static final String[] PIECES = { "\r", "\n", "\r\n", "\n\n", "\0", "\ufeff", "\u2028", "\u2029", "\u0085",
			"\u000b", "\f", ":", " ", "data: ", "event: x\n", "id: 1\n\n", "retry: 0\n", "\ud83d\ude00", "\ud800",
			"\udc00", "\uffff", "\u00a0", "$", "{0}", "." };

	private static final int LARGE = 256 * 1024;

	private HostileText() {
	}

	/** Returns text of up to a few dozen characters, now and then of 256 KB. */
	public static String any(Random random) {
		StringBuilder text = new StringBuilder();
		int length = random.nextInt(2000) == 0 ? LARGE : random.nextInt(random.nextInt(8) == 0 ? 80 : 12);
		while (text.length() < length) {
			append(text, random);
		}
		return text.toString();
	}

	private static void append(StringBuilder text, Random random) {
		int kind = random.nextInt(10);
		if (kind < 4) {
			text.append(PIECES[random.nextInt(PIECES.length)]);
		}
		else if (kind < 9) {
			text.append((char) (' ' + random.nextInt(95)));
		}
		else {
			text.append((char) random.nextInt(Character.MAX_VALUE + 1));
		}
	}

	/** Whether the text has a surrogate without its pair. */
	public static boolean isLossy(String text) {
		return text.codePoints()
			.anyMatch((point) -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
	}

}
