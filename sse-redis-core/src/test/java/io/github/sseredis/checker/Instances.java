package io.github.sseredis.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The instances of a run, each with a line of its own to Redis. Clients choose among
 * those that run.
 */
final class Instances implements AutoCloseable {

	private final String prefix;

	private final UnaryOperator<AppSettings> settings;

	private final List<Wire> wires = new ArrayList<>();

	private final AtomicReferenceArray<@Nullable AppInstance> running;

	Instances(int count, int redisPort, String prefix, UnaryOperator<AppSettings> settings) {
		this.prefix = prefix;
		this.settings = settings;
		this.running = new AtomicReferenceArray<>(count);
		for (int i = 0; i < count; i++) {
			this.wires.add(new Wire(redisPort));
		}
	}

	void startAll() {
		for (int i = 0; i < size(); i++) {
			start(i);
		}
	}

	void start(int index) {
		AppSettings defaults = AppSettings.of(wire(index).port(), this.prefix);
		this.running.set(index, AppInstance.start(this.settings.apply(defaults)));
	}

	void stop(int index) {
		AppInstance stopped = this.running.getAndSet(index, null);
		if (stopped != null) {
			stopped.close();
		}
	}

	int size() {
		return this.wires.size();
	}

	Wire wire(int index) {
		return this.wires.get(index);
	}

	List<Wire> wires() {
		return this.wires;
	}

	/** The instance in a place; null while there is none. */
	@Nullable AppInstance find(int index) {
		return this.running.get(index);
	}

	AppInstance get(int index) {
		AppInstance instance = find(index);
		if (instance == null) {
			throw new IllegalStateException("Instance " + index + " is stopped");
		}
		return instance;
	}

	/** The port of any instance that runs. */
	OptionalInt anyPort(Random random) {
		int first = random.nextInt(size());
		for (int i = 0; i < size(); i++) {
			AppInstance instance = find((first + i) % size());
			if (instance != null) {
				return OptionalInt.of(instance.port());
			}
		}
		return OptionalInt.empty();
	}

	boolean allHavePosition() {
		for (int i = 0; i < size(); i++) {
			AppInstance instance = find(i);
			if (instance != null && !instance.hasPosition()) {
				return false;
			}
		}
		return true;
	}

	@Override
	public void close() {
		this.wires.forEach(Wire::release);
		for (int i = 0; i < size(); i++) {
			stop(i);
		}
		this.wires.forEach(Wire::close);
	}

}
