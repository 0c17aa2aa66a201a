package io.github.sseredis.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.ReturnType;

/**
 * A Lua script, run by its digest; sent whole only when Redis does not know it, after a
 * restart or a {@code SCRIPT FLUSH}. Also how Redis is read: a plain read command goes to
 * a replica if the host prefers that, a script does not.
 *
 * @see <a href="https://redis.io/commands/evalsha/">EVALSHA</a>
 */
final class Script {

	private final byte[] text;

	private final String digest;

	private Script(byte[] text) {
		this.text = text;
		this.digest = sha1(text);
	}

	/** Returns a script of this package, with the prelude before it. */
	static Script load(String name) {
		String prelude = resource("prelude.lua");
		return new Script((prelude + resource(name)).getBytes(StandardCharsets.UTF_8));
	}

	/** Runs the script; its answer is an array. */
	List<?> run(RedisConnection connection, int keys, byte[][] keysAndArguments) {
		List<?> answer;
		try {
			answer = connection.scriptingCommands().evalSha(this.digest, ReturnType.MULTI, keys, keysAndArguments);
		}
		catch (DataAccessException ex) {
			if (!RedisFailure.of(ex).isScriptUnknown()) {
				throw ex;
			}
			answer = connection.scriptingCommands().eval(this.text, ReturnType.MULTI, keys, keysAndArguments);
		}
		return answer != null ? answer : List.of();
	}

	private static String resource(String name) {
		try (InputStream in = Script.class.getResourceAsStream(name)) {
			if (in == null) {
				throw new IllegalStateException("The script " + name + " is not on the class path");
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String sha1(byte[] text) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
