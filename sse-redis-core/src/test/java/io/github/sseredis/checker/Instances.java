package io.github.sseredis.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.UnaryOperator;

import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.TcpProxy;
import org.jspecify.annotations.Nullable;

/**
 * The instances of a run, each in its place and with a line of its own to Redis: in the
 * first places those in this process, then those in processes of their own. Clients
 * choose among those that run.
 */
final class Instances implements AutoCloseable {

	private final String prefix;

	private final UnaryOperator<AppSettings> settings;

	private final int inProcess;

	private final List<TcpProxy> wires = new ArrayList<>();

	private final AtomicReferenceArray<@Nullable RunningInstance> running;

	/**
	 * Creates places.
	 * @param inProcess how many are for instances in this process
	 * @param processes how many are for processes
	 */
	Instances(int inProcess, int processes, RedisServer redis, String prefix, UnaryOperator<AppSettings> settings) {
		this.prefix = prefix;
		this.settings = settings;
		this.inProcess = inProcess;
		this.running = new AtomicReferenceArray<>(inProcess + processes);
		for (int i = 0; i < inProcess + processes; i++) {
			this.wires.add(TcpProxy.to(redis));
		}
	}

	void startAll() {
		for (int i = 0; i < size(); i++) {
			start(i);
		}
	}

	void start(int place) {
		AppSettings chosen = this.settings.apply(AppSettings.of(wire(place).port(), this.prefix));
		this.running.set(place, place < this.inProcess ? AppInstance.start(chosen) : AppProcess.start(chosen));
	}

	/** Ends the instance in a place; if it is a process, as {@code kill -9} does. */
	void stop(int place) {
		RunningInstance stopped = this.running.getAndSet(place, null);
		if (stopped != null) {
			stopped.close();
		}
	}

	int size() {
		return this.wires.size();
	}

	/** The place of an instance that can be closed and started. */
	int anyInProcess(Random random) {
		return random.nextInt(this.inProcess);
	}

	/** The place of an instance that can be frozen and killed. */
	int anyProcess(Random random) {
		return this.inProcess + random.nextInt(size() - this.inProcess);
	}

	TcpProxy wire(int place) {
		return this.wires.get(place);
	}

	List<TcpProxy> wires() {
		return this.wires;
	}

	/** The instance in a place; null while there is none. */
	@Nullable RunningInstance find(int place) {
		return this.running.get(place);
	}

	/** The instance in a place of this process. */
	AppInstance get(int place) {
		return require(place, AppInstance.class);
	}

	AppProcess process(int place) {
		return require(place, AppProcess.class);
	}

	private <T extends RunningInstance> T require(int place, Class<T> type) {
		RunningInstance instance = find(place);
		if (instance == null) {
			throw new IllegalStateException("The instance in place " + place + " is stopped");
		}
		return type.cast(instance);
	}

	/** The port of the instance in a place; empty while there is none. */
	OptionalInt port(int place) {
		RunningInstance instance = find(place);
		return (instance != null) ? OptionalInt.of(instance.port()) : OptionalInt.empty();
	}

	/** The port of any instance that runs. */
	OptionalInt anyPort(Random random) {
		int first = random.nextInt(size());
		for (int i = 0; i < size(); i++) {
			OptionalInt port = port((first + i) % size());
			if (port.isPresent()) {
				return port;
			}
		}
		return OptionalInt.empty();
	}

	boolean allHavePosition() {
		for (int i = 0; i < size(); i++) {
			RunningInstance instance = find(i);
			if (instance != null && !instance.hasPosition()) {
				return false;
			}
		}
		return true;
	}

	@Override
	public void close() {
		this.wires.forEach(TcpProxy::release);
		for (int i = 0; i < size(); i++) {
			stop(i);
		}
		this.wires.forEach(TcpProxy::close);
	}

}
