package io.github.sseredis.test;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a Redis server, as far as tests care.
 *
 * @param major the first number
 * @param minor the second number
 */
public record RedisVersion(int major, int minor) implements Comparable<RedisVersion> {

	/** The line of the embedded binary. */
	public static final RedisVersion V6_2 = new RedisVersion(6, 2);

	/** The line of Debian 12. */
	public static final RedisVersion V7_0 = new RedisVersion(7, 0);

	private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)");

	/**
	 * Reads the first version number in a text, such as {@code v=7.0.15}.
	 * @param text what a server or {@code redis-server --version} says
	 * @return the version
	 */
	public static RedisVersion parse(String text) {
		Matcher matcher = NUMBERS.matcher(text);
		if (!matcher.find()) {
			throw new IllegalArgumentException("No version in: " + text);
		}
		return new RedisVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
	}

	public boolean isAtLeast(RedisVersion other) {
		return compareTo(other) >= 0;
	}

	@Override
	public int compareTo(RedisVersion other) {
		int byMajor = Integer.compare(this.major, other.major);
		return (byMajor != 0) ? byMajor : Integer.compare(this.minor, other.minor);
	}

	@Override
	public String toString() {
		return this.major + "." + this.minor;
	}

}
