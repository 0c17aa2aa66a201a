package io.github.sseredis.benchmarks.subject;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that this one started and ends, with those that it started itself. */
final class ChildProcess implements AutoCloseable {

	private static final Set<ChildProcess> RUNNING = ConcurrentHashMap.newKeySet();

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(ChildProcess::destroy)));
	}

	private final Process process;

	private ChildProcess(Process process) {
		this.process = process;
	}

	/** Starts a program whose output goes to a file. */
	static ChildProcess start(Path log, List<String> command) {
		return start(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(appendTo(log)));
	}

	/** Starts a program that is talked to, whose errors go to a file. */
	static ChildProcess startControlled(Path log, List<String> command) {
		return start(new ProcessBuilder(command).redirectError(appendTo(log)));
	}

	private static ChildProcess start(ProcessBuilder builder) {
		try {
			ChildProcess child = new ChildProcess(builder.start());
			RUNNING.add(child);
			return child;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static ProcessBuilder.Redirect appendTo(Path log) {
		try {
			Files.createDirectories(log.toAbsolutePath().getParent());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return ProcessBuilder.Redirect.appendTo(log.toFile());
	}

	static String java() {
		return System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
	}

	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static InetSocketAddress loopback(int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

	/** Waits until something listens at a port. */
	void awaitPort(int port) {
		for (int attempt = 0; attempt < 1000; attempt++) {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
				return;
			}
			catch (IOException ex) {
				if (!this.process.isAlive()) {
					break;
				}
				pause();
			}
		}
		throw new IllegalStateException("Nothing listens at " + port + ": " + this.process.info());
	}

	Process process() {
		return this.process;
	}

	/** The processor time of the process and of those it started. */
	Duration cpuTime() {
		return handles().map((handle) -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
			.reduce(Duration.ZERO, Duration::plus);
	}

	/** The resident memory of the process and of those it started, in bytes. */
	long residentBytes() {
		return handles().mapToLong((handle) -> residentBytes(handle.pid())).sum();
	}

	private static long residentBytes(long pid) {
		try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
			return lines.filter((line) -> line.startsWith("VmRSS:"))
				.mapToLong((line) -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
				.sum();
		}
		catch (IOException ex) {
			return 0;
		}
	}

	private Stream<ProcessHandle> handles() {
		return Stream.concat(Stream.of(this.process.toHandle()), this.process.descendants());
	}

	/** Ends the process as {@code kill -9} does. */
	void kill() {
		destroy();
		try {
			this.process.waitFor(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		RUNNING.remove(this);
	}

	@Override
	public void close() {
		kill();
	}

	private void destroy() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
	}

	private static void pause() {
		try {
			Thread.sleep(20);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
