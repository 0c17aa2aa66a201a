package io.github.sseredis.checker;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RawSseClientBuilder;
import io.github.sseredis.test.SseBlock;
import io.github.sseredis.test.StreamEnd;
import org.jspecify.annotations.Nullable;

/**
 * A client as a browser is one: whatever ends its stream, it opens another, on any
 * instance, with the last event ID that it holds. It records what it saw. What it had not
 * looked at when it left a stream it never saw, the ID included.
 */
final class ResumingClient implements AutoCloseable {

	/** How a client behaves. */
	enum Habit {

		/** Changes its stream every few seconds. */
		STEADY,

		/** Changes its stream up to a hundred times a second. */
		HASTY,

		/** Stays until its stream ends. Its streams are those of the user of its name. */
		LOYAL,

		/** Reads slowly: stops for seconds, and has little room. */
		SLOW

	}

	private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

	private final String name;

	private final Set<String> topics;

	private final Habit habit;

	/** Chooses an instance by its port; empty while there is none. */
	private final Function<Random, OptionalInt> instances;

	private final Random random;

	private final Thread thread;

	private volatile boolean leaving;

	private volatile boolean disturbed;

	// Guarded by this.

	private final List<Sighting> sightings = new ArrayList<>();

	private String lastEventId = "";

	private @Nullable RawSseClient stream;

	private int taken;

	ResumingClient(String name, Set<String> topics, Habit habit, Function<Random, OptionalInt> instances, long seed) {
		this.name = name;
		this.topics = topics;
		this.habit = habit;
		this.instances = instances;
		this.random = new Random(seed);
		this.thread = new Thread(this::run, name);
		this.thread.setDaemon(true);
	}

	ResumingClient start() {
		this.thread.start();
		return this;
	}

	String name() {
		return this.name;
	}

	boolean isUser() {
		return this.habit == Habit.LOYAL;
	}

	/** Makes the client leave its stream and open another, soon. */
	void disturb() {
		this.disturbed = true;
	}

	/** Whether there is an ID from which the client would resume. */
	boolean hasCursor() {
		look();
		synchronized (this) {
			return !this.lastEventId.isEmpty();
		}
	}

	/** Whether the client has a stream, or is opening one. */
	synchronized boolean hasStream() {
		return this.stream != null;
	}

	/** What the client has seen so far. */
	ClientRecording recording() {
		look();
		synchronized (this) {
			return new ClientRecording(this.name, this.topics, this.sightings);
		}
	}

	/** Makes the client leave for good, soon. */
	void leave() {
		this.leaving = true;
	}

	@Override
	public void close() {
		leave();
		try {
			this.thread.join(5000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void run() {
		while (!this.leaving) {
			OptionalInt port = this.instances.apply(this.random);
			if (port.isPresent()) {
				stream(AppInstance.stream(port.getAsInt(), this.topics, isUser() ? this.name : null));
			}
			else {
				pause(20);
			}
		}
	}

	private void stream(URI uri) {
		RawSseClientBuilder builder = RawSseClient.to(uri);
		String cursor = cursor();
		if (!cursor.isEmpty()) {
			builder.lastEventId(cursor);
		}
		if (this.habit == Habit.SLOW) {
			builder.receiveBuffer(2048);
		}
		try (RawSseClient opened = builder.open()) {
			enter(opened, uri);
			stay(opened);
			leave(opened);
		}
		catch (UncheckedIOException ex) {
			pause(20);
		}
	}

	private synchronized String cursor() {
		return this.lastEventId;
	}

	private synchronized void enter(RawSseClient opened, URI uri) {
		this.stream = opened;
		this.taken = 0;
		this.sightings.add(new Sighting.Connection(uri.getPort() + " from " + this.lastEventId, System.nanoTime()));
	}

	private void stay(RawSseClient opened) {
		this.disturbed = false;
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(switch (this.habit) {
			case STEADY -> 2000 + this.random.nextInt(6000);
			case HASTY -> 10;
			case LOYAL -> 600_000;
			case SLOW -> 8000;
		});
		while (opened.end() == StreamEnd.NONE && System.nanoTime() < end && !this.leaving && !this.disturbed) {
			if (this.habit == Habit.SLOW) {
				opened.pause();
				pause(1500);
				opened.resume();
				pause(300);
			}
			else {
				pause((this.habit == Habit.HASTY) ? 5 : 20);
			}
		}
	}

	private void leave(RawSseClient left) {
		boolean byServer = left.end() != StreamEnd.NONE;
		int status = left.status();
		look();
		synchronized (this) {
			this.stream = null;
			if (status != 0 && status != 200) {
				this.sightings.add(new Sighting.Refusal(status, System.nanoTime()));
			}
		}
		if (byServer && !this.leaving) {
			pause(20 + this.random.nextInt(80));
		}
	}

	/** Looks at what has come since it looked last. */
	private synchronized void look() {
		if (this.stream == null) {
			return;
		}
		List<SseBlock> blocks = this.stream.blocks();
		for (SseBlock block : blocks.subList(this.taken, blocks.size())) {
			if (block.isEvent()) {
				this.sightings.add(sighting(block));
			}
			if (block.id() != null) {
				this.lastEventId = block.id();
			}
		}
		this.taken = blocks.size();
	}

	private static Sighting sighting(SseBlock block) {
		String data = String.valueOf(block.data());
		if (!"reset".equals(block.type())) {
			return new Sighting.Event(NumberedEvent.parse(data), block.nanos());
		}
		String topics = data.substring(data.indexOf('['));
		return new Sighting.Reset(
				QUOTED.matcher(topics).results().map((match) -> match.group(1)).collect(Collectors.toSet()),
				reason(data), block.nanos());
	}

	private static String reason(String data) {
		return QUOTED.matcher(data).results().map((match) -> match.group(1)).skip(1).findFirst().orElse("");
	}

	private void pause(long millis) {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		while (System.nanoTime() < end && !this.leaving) {
			LockSupport.parkNanos(Math.min(end - System.nanoTime(), 50_000_000));
		}
	}

	@Override
	public String toString() {
		return this.name + " on " + this.topics;
	}

}
