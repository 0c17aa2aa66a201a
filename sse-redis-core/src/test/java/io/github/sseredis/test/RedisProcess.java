package io.github.sseredis.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * A {@code redis-server} process that this JVM started and ends, by its own handle only.
 */
final class RedisProcess {

	private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

	private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
	}

	private final List<String> command;

	private final Path directory;

	private @Nullable Process process;

	private boolean paused;

	RedisProcess(List<String> command, Path directory) {
		this.command = List.copyOf(command);
		this.directory = directory;
	}

	Path directory() {
		return this.directory;
	}

	/**
	 * Starts the process and waits until it serves.
	 * @param ready asks the server
	 * @throws IllegalStateException if the process ends or does not serve, with its log
	 */
	void start(BooleanSupplier ready) {
		try {
			Process started = new ProcessBuilder(this.command).directory(this.directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
				.start();
			RUNNING.add(started);
			this.process = started;
			awaitReady(started, ready);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean isAlive() {
		return this.process != null && this.process.isAlive();
	}

	long pid() {
		return running().pid();
	}

	/**
	 * Ends the process as {@code kill} does, and with force if it does not follow.
	 */
	void terminate() {
		if (isAlive()) {
			resume();
			running().destroy();
			if (!awaitEnd(5)) {
				kill();
			}
			RUNNING.remove(this.process);
		}
	}

	/**
	 * Ends the process as {@code kill -9} does.
	 */
	void kill() {
		if (this.process != null) {
			this.process.destroyForcibly();
			awaitEnd(10);
			this.paused = false;
			RUNNING.remove(this.process);
		}
	}

	void pause() {
		ProcessSignal.STOP.sendTo(running());
		this.paused = true;
	}

	void resume() {
		if (this.paused) {
			ProcessSignal.CONT.sendTo(running());
			this.paused = false;
		}
	}

	String logText() {
		try {
			return Files.exists(log()) ? Files.readString(log(), StandardCharsets.UTF_8) : "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitReady(Process started, BooleanSupplier ready) {
		long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
		try {
			while (!ready.getAsBoolean()) {
				if (started.waitFor(20, TimeUnit.MILLISECONDS)) {
					throw new IllegalStateException("redis-server ended at its start:\n" + logText());
				}
				if (System.nanoTime() - deadline > 0) {
					throw new IllegalStateException("redis-server does not serve:\n" + logText());
				}
			}
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
		finally {
			if (!started.isAlive()) {
				RUNNING.remove(started);
			}
		}
	}

	private boolean awaitEnd(int seconds) {
		try {
			return running().waitFor(seconds, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private Process running() {
		if (this.process == null) {
			throw new IllegalStateException("redis-server has not been started");
		}
		return this.process;
	}

	private Path log() {
		return this.directory.resolve("redis.log");
	}

	private static IllegalStateException interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new IllegalStateException("Interrupted", ex);
	}

}
