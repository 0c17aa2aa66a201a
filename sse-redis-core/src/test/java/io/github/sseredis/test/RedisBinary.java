package io.github.sseredis.test;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A {@code redis-server} program on this machine.
 *
 * @param path the program
 * @param version what it says it is
 */
record RedisBinary(Path path, RedisVersion version) {

	/** The system property that names the line which tests take unless they name one. */
	static final String LINE_PROPERTY = "sse.test.redis-version";

	private static final Object LOCK = new Object();

	private static @Nullable Optional<RedisBinary> onPath;

	private static @Nullable Optional<RedisBinary> embedded;

	/**
	 * The {@code redis-server} on the PATH.
	 * @return it, or empty
	 */
	static Optional<RedisBinary> onPath() {
		synchronized (LOCK) {
			if (onPath == null) {
				onPath = find(System.getenv("PATH"));
			}
			return onPath;
		}
	}

	/**
	 * The binary that the library embedded-redis carries, unpacked.
	 * @return it, or empty if there is none for this system or the library is absent
	 */
	static Optional<RedisBinary> embedded() {
		synchronized (LOCK) {
			if (embedded == null) {
				embedded = unpack();
			}
			return embedded;
		}
	}

	/**
	 * Any binary of a line.
	 * @param wanted major and minor number, null for what {@link #LINE_PROPERTY} names,
	 * else the best there is
	 * @return a binary, the one on the PATH first
	 */
	static Optional<RedisBinary> of(@Nullable RedisVersion wanted) {
		String named = System.getProperty(LINE_PROPERTY);
		RedisVersion line = (wanted == null && named != null) ? RedisVersion.parse(named) : wanted;
		Optional<RedisBinary> first = onPath().filter((binary) -> binary.isOf(line));
		return first.isPresent() ? first : embedded().filter((binary) -> binary.isOf(line));
	}

	static Optional<RedisBinary> find(@Nullable String path) {
		if (path == null) {
			return Optional.empty();
		}
		for (String directory : path.split(Pattern.quote(File.pathSeparator))) {
			Path program = Path.of(directory, "redis-server");
			if (!directory.isBlank() && Files.isRegularFile(program) && Files.isExecutable(program)) {
				return Optional.ofNullable(inspect(program));
			}
		}
		return Optional.empty();
	}

	private boolean isOf(@Nullable RedisVersion line) {
		return line == null || this.version.equals(line);
	}

	private static Optional<RedisBinary> unpack() {
		try {
			File directory = TempDirectories.create("sse-redis-binary").toFile();
			return Optional.ofNullable(inspect(ExecutableProvider.newJarResourceProvider(directory).get().toPath()));
		}
		catch (IOException | RuntimeException | NoClassDefFoundError ex) {
			return Optional.empty();
		}
	}

	/**
	 * Asks a program for its version, which also shows that it runs here.
	 * @param program the program
	 * @return the binary, or null if it does not run
	 */
	private static @Nullable RedisBinary inspect(Path program) {
		try {
			Process process = new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (!process.waitFor(5, TimeUnit.SECONDS) || process.exitValue() != 0) {
				return null;
			}
			return new RedisBinary(program, RedisVersion.parse(output));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
		catch (IOException | UncheckedIOException | IllegalArgumentException ex) {
			return null;
		}
	}

}
