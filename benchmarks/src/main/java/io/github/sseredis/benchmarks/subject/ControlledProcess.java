package io.github.sseredis.benchmarks.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.sseredis.benchmarks.server.PublishOrder;

/** One of the benchmark's own programs in a process, which publishes on order. */
public final class ControlledProcess implements AutoCloseable {

	private final ChildProcess child;

	private final BufferedReader answers;

	private final PrintWriter orders;

	private final Path log;

	private final int port;

	private ControlledProcess(ChildProcess child, Path log) {
		this.child = child;
		this.log = log;
		this.answers = new BufferedReader(
				new InputStreamReader(child.process().getInputStream(), StandardCharsets.UTF_8));
		this.orders = new PrintWriter(child.process().getOutputStream(), true, StandardCharsets.UTF_8);
		this.port = Integer.parseInt(answer()[1]);
	}

	static ControlledProcess start(Path log, List<String> command) {
		return new ControlledProcess(ChildProcess.startControlled(log, command), log);
	}

	ChildProcess child() {
		return this.child;
	}

	int port() {
		return this.port;
	}

	/** Publishes; completes when all is answered. */
	public CompletableFuture<Published> publish(PublishOrder order) {
		this.orders.println(order.toLine());
		return CompletableFuture.supplyAsync(() -> {
			String[] words = answer();
			return new Published(Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
		});
	}

	// Everything that is no answer is what the program logs.
	private String[] answer() {
		try {
			for (String line = this.answers.readLine(); line != null; line = this.answers.readLine()) {
				if (line.startsWith("@")) {
					return line.substring(1).split(" ", -1);
				}
				Files.writeString(this.log, line + "\n", StandardOpenOption.APPEND, StandardOpenOption.CREATE);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		throw new IllegalStateException("A process ended, see " + this.log);
	}

	@Override
	public void close() {
		this.child.close();
	}

	/**
	 * What a publisher did.
	 *
	 * @param count the events
	 * @param failed how many of them failed
	 * @param nanos from the first event to the last answer
	 */
	public record Published(long count, long failed, long nanos) {

		/** Events a second. */
		public double rate() {
			return this.count * 1e9 / this.nanos;
		}

	}

}
