package io.github.sseredis.log;

/** Numbers and random text in the digits {@code 0-9A-Za-z}. */
final class Base62 {

	private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	// 62^10 is less than 2^60: ten digits never overflow a long.
	private static final int MAX_DIGITS = 10;

	private Base62() {
	}

	static void append(StringBuilder target, long number) {
		int start = target.length();
		long rest = number;
		do {
			target.append(DIGITS.charAt((int) (rest % 62)));
			rest /= 62;
		}
		while (rest > 0);
		for (int i = start, j = target.length() - 1; i < j; i++, j--) {
			char digit = target.charAt(i);
			target.setCharAt(i, target.charAt(j));
			target.setCharAt(j, digit);
		}
	}

	/** Returns the number, or -1 if the text is none. */
	static long parse(String text, int from, int to) {
		if (to <= from || to - from > MAX_DIGITS) {
			return -1;
		}
		long number = 0;
		for (int i = from; i < to; i++) {
			int digit = DIGITS.indexOf(text.charAt(i));
			if (digit < 0) {
				return -1;
			}
			number = number * 62 + digit;
		}
		return number;
	}

	static boolean isAll(String text, int from, int to) {
		for (int i = from; i < to; i++) {
			if (DIGITS.indexOf(text.charAt(i)) < 0) {
				return false;
			}
		}
		return true;
	}

	static char digit(int value) {
		return DIGITS.charAt(value);
	}

}
