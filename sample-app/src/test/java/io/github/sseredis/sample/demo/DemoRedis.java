package io.github.sseredis.sample.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OS;
import redis.embedded.model.OsArchitecture;

import org.springframework.util.FileSystemUtils;

/**
 * A Redis of the demo's own, from the binaries that embedded-redis ships.
 *
 * <p>
 * It runs as a daemon, in a session of its own: Ctrl-C in a terminal reaches every
 * process of the foreground group, and Redis would be gone before the instances that
 * still use it.
 */
final class DemoRedis {

	private static final Duration START_PATIENCE = Duration.ofSeconds(30);

	private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);

	private final int port;

	private final Path directory;

	private final ExecutableProvider binary;

	/** Null while it is halted. */
	private volatile @Nullable ProcessHandle process;

	private DemoRedis(int port, Path directory, ExecutableProvider binary, ProcessHandle process) {
		this.port = port;
		this.directory = directory;
		this.binary = binary;
		this.process = process;
	}

	static DemoRedis start(int port) throws IOException, InterruptedException {
		if (OS.detectOS() == OS.WINDOWS) {
			throw new DemoException("The demo needs Redis 6.2 or later, of which there is none for Windows:"
					+ " please run it inside WSL.");
		}
		Path directory = Files.createTempDirectory("sse-redis-demo");
		List<String> failures = new ArrayList<>();
		for (ExecutableProvider binary : binaries(directory)) {
			Optional<String> failure = launch(binary, port, directory);
			if (failure.isEmpty()) {
				return new DemoRedis(port, directory, binary, awaitReady(port, directory));
			}
			failures.add(failure.get());
		}
		FileSystemUtils.deleteRecursively(directory);
		throw new DemoException("Redis did not start.\n  " + String.join("\n  ", failures));
	}

	private static List<ExecutableProvider> binaries(Path directory) {
		List<ExecutableProvider> binaries = new ArrayList<>();
		binaries.add(ExecutableProvider.newJarResourceProvider(directory.toFile()));
		if (OsArchitecture.UNIX_x86_64.equals(OsArchitecture.detectOSandArchitecture())) {
			// The first wants OpenSSL 3; this one is linked statically.
			binaries.add(ExecutableProvider.newJarResourceProvider(directory::toFile,
					Map.of(OsArchitecture.UNIX_x86_64, "/redis-server-6.2.7-linux-386")));
		}
		binaries.add(() -> ExecutableProvider.newExecutableInPath("redis-server").get());
		return binaries;
	}

	// Relative names: Redis splits its arguments at blanks.
	private static Optional<String> launch(ExecutableProvider binary, int port, Path directory)
			throws InterruptedException {
		try {
			Process launcher = new ProcessBuilder(binary.get().getPath(), "--bind", "127.0.0.1", "--port",
					Integer.toString(port), "--save", "", "--appendonly", "yes", "--daemonize", "yes", "--pidfile",
					"redis.pid", "--logfile", "redis.log")
				.directory(directory.toFile())
				.redirectErrorStream(true)
				.start();
			String output = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return (launcher.waitFor() != 0) ? Optional.of(output.strip()) : Optional.empty();
		}
		catch (IOException ex) {
			return Optional.of(ex.getMessage());
		}
	}

	private static ProcessHandle awaitReady(int port, Path directory) throws IOException {
		Path pidFile = directory.resolve("redis.pid");
		try {
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(20))
				.atMost(START_PATIENCE)
				.until(() -> Files.exists(pidFile) && !Files.readString(pidFile).isBlank() && accepts(port));
		}
		catch (ConditionTimeoutException ex) {
			throw new DemoException("Redis did not start:\n" + Files.readString(directory.resolve("redis.log")));
		}
		return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip())).orElseThrow();
	}

	private static boolean accepts(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	int port() {
		return this.port;
	}

	boolean isRunning() {
		return this.process != null;
	}

	/** Stops it for now: what it has is kept in its directory. */
	synchronized void halt() {
		ProcessHandle running = this.process;
		if (running == null) {
			return;
		}
		// Not by a signal: who waits for a process that is not a child polls, and may
		// wait for ever where nobody collects it.
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout((int) STOP_PATIENCE.toMillis());
			socket.getOutputStream().write("SHUTDOWN\r\n".getBytes(StandardCharsets.US_ASCII));
			socket.getInputStream().readAllBytes();
		}
		catch (SocketTimeoutException ex) {
			running.destroyForcibly();
		}
		catch (IOException ex) {
			System.err.println("Redis was not there to be stopped: " + ex.getMessage());
		}
		this.process = null;
	}

	/** Starts it again, with what it had. */
	synchronized void restart() throws IOException {
		if (this.process != null) {
			return;
		}
		try {
			Files.deleteIfExists(this.directory.resolve("redis.pid"));
			launch(this.binary, this.port, this.directory).ifPresent((failure) -> {
				throw new DemoException("Redis did not start again: " + failure);
			});
			this.process = awaitReady(this.port, this.directory);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	synchronized void stop() {
		halt();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			System.err.println("Not deleted: " + ex.getMessage());
		}
	}

}
