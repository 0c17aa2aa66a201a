package io.github.sseredis.log;

import java.security.SecureRandom;

/**
 * A place in the order of one partition: the sequence number of an event in an epoch.
 *
 * @param epoch the name of an unbroken run of sequence numbers, {@value #EPOCH_LENGTH}
 * characters of base 62
 * @param sequence the number of the newest event before this place; 0 for none
 */
public record Position(String epoch, long sequence) {

	/** The length of an epoch: of fixed length, it needs no separator in an ID. */
	public static final int EPOCH_LENGTH = 7;

	/** Numbers stay below this: above it, Lua writes them with an exponent. */
	public static final long MAX_SEQUENCE = 100_000_000_000_000L;

	private static final SecureRandom random = new SecureRandom();

	/** Returns a new epoch, different from every other. */
	public static String newEpoch() {
		StringBuilder epoch = new StringBuilder(EPOCH_LENGTH);
		for (int i = 0; i < EPOCH_LENGTH; i++) {
			epoch.append(Base62.digit(random.nextInt(62)));
		}
		return epoch.toString();
	}

	/** Whether a text has the form of an epoch. */
	public static boolean isEpoch(String text) {
		return text.length() == EPOCH_LENGTH && Base62.isAll(text, 0, EPOCH_LENGTH);
	}

	void appendTo(StringBuilder target) {
		target.append(this.epoch);
		Base62.append(target, this.sequence);
	}

}
