package io.github.sseredis.checker;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Publishes numbered events at a rate, on the instance in one place. It goes by another
 * name on another instance: events that wait on one are not in order with those of the
 * next.
 */
final class Producer implements AutoCloseable {

	private final Instances instances;

	private final int place;

	private final List<String> topics;

	private final Publications publications;

	private final Random random;

	private final long intervalNanos;

	private final Thread thread;

	private volatile boolean stopped;

	private @Nullable RunningInstance current;

	private int incarnation;

	Producer(Instances instances, int place, List<String> topics, int perSecond, Publications publications, long seed) {
		this.instances = instances;
		this.place = place;
		this.topics = topics;
		this.publications = publications;
		this.random = new Random(seed);
		this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
		this.thread = new Thread(this::run, "producer-" + place);
		this.thread.setDaemon(true);
	}

	Producer start() {
		this.thread.start();
		return this;
	}

	private void run() {
		long due = System.nanoTime();
		while (!this.stopped) {
			due = Math.max(due + this.intervalNanos, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
			while (System.nanoTime() < due) {
				LockSupport.parkNanos(due - System.nanoTime());
			}
			publish();
		}
	}

	private void publish() {
		RunningInstance instance = this.instances.find(this.place);
		if (instance == null) {
			return;
		}
		if (instance != this.current) {
			this.current = instance;
			this.incarnation++;
		}
		String topic = this.topics.get(this.random.nextInt(this.topics.size()));
		int padding = (this.random.nextInt(10) == 0) ? this.random.nextInt(2000) : this.random.nextInt(40);
		try {
			this.publications.publish(instance, topic, this.place + "." + this.incarnation, padding);
		}
		catch (IllegalStateException ex) {
			// The context has been closed meanwhile, and no longer gives its broadcaster.
		}
	}

	@Override
	public void close() {
		this.stopped = true;
		try {
			this.thread.join(5000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
