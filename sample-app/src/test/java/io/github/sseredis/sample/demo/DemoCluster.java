package io.github.sseredis.sample.demo;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.github.sseredis.test.TcpProxy;
import org.jspecify.annotations.Nullable;

/**
 * A Redis, the instances, and before each of them a wire that a browser of the stage is
 * connected through: it leads to that instance, or to another one while that is stopped,
 * and can be cut. Thread-safe.
 */
final class DemoCluster implements AutoCloseable {

	private final DemoRedis redis;

	private final List<DemoInstance> instances = new ArrayList<>();

	private final List<TcpProxy> wires = new ArrayList<>();

	private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "demo-wires");
		thread.setDaemon(true);
		return thread;
	});

	private @Nullable ScheduledFuture<?> repair;

	private volatile @Nullable Instant cutUntil;

	private DemoCluster(DemoRedis redis) {
		this.redis = redis;
	}

	static DemoCluster start(DemoPorts ports, Class<?> stage) throws IOException, InterruptedException {
		DemoCluster cluster = new DemoCluster(DemoRedis.start(ports.redis()));
		try {
			for (int i = 0; i < ports.instances().size(); i++) {
				cluster.add(new DemoInstance(DemoPorts.name(i), ports.instances().get(i), ports.redis(),
						"http://localhost:" + ports.stage(), stage));
			}
			return cluster;
		}
		catch (RuntimeException ex) {
			cluster.close();
			throw ex;
		}
	}

	private void add(DemoInstance instance) {
		this.instances.add(instance);
		instance.start();
		instance.awaitPosition();
		this.wires.add(TcpProxy.to("localhost", instance.port()));
	}

	DemoRedis redis() {
		return this.redis;
	}

	List<DemoInstance> instances() {
		return List.copyOf(this.instances);
	}

	/** The ports of the wires, in the order of the instances. */
	List<Integer> wirePorts() {
		return this.wires.stream().map(TcpProxy::port).toList();
	}

	/** When the wires are whole again; null if they are. */
	@Nullable Instant cutUntil() {
		return this.cutUntil;
	}

	/** Cuts the browser off from all instances. */
	synchronized void cut(Duration duration) {
		if (this.repair != null) {
			this.repair.cancel(false);
		}
		this.cutUntil = Clock.systemUTC().instant().plus(duration);
		this.wires.forEach(TcpProxy::refuse);
		this.repair = this.scheduler.schedule(this::repair, duration.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** Makes the wires whole again. */
	synchronized void repair() {
		if (this.repair != null) {
			this.repair.cancel(false);
		}
		this.cutUntil = null;
		this.wires.forEach(TcpProxy::release);
	}

	/** Stops an instance; who was connected to it comes back to another one. */
	void stop(DemoInstance instance) {
		TcpProxy wire = wireOf(instance);
		this.instances.stream()
			.filter((other) -> other != instance && other.state() == DemoInstance.State.RUNNING)
			.findFirst()
			.ifPresent((other) -> wire.redirect("localhost", other.port()));
		instance.stop();
	}

	/** Starts an instance; who belongs to it comes back to it. */
	void start(DemoInstance instance) {
		instance.start();
		TcpProxy wire = wireOf(instance);
		wire.redirect("localhost", instance.port());
		wire.cut();
	}

	private TcpProxy wireOf(DemoInstance instance) {
		return this.wires.get(this.instances.indexOf(instance));
	}

	@Override
	public void close() {
		this.scheduler.shutdownNow();
		this.instances.forEach(DemoInstance::stop);
		this.wires.forEach(TcpProxy::close);
		this.redis.stop();
	}

}
