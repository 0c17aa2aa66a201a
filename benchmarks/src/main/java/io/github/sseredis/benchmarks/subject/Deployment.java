package io.github.sseredis.benchmarks.subject;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

import io.github.sseredis.benchmarks.client.StreamTarget;
import io.github.sseredis.benchmarks.server.PublishOrder;
import io.github.sseredis.benchmarks.subject.ControlledProcess.Published;

/**
 * A subject as it would be deployed: a Redis, a server, and another instance that
 * publishes, each a process of its own. With nchan the publisher is an HTTP client.
 */
public final class Deployment implements AutoCloseable {

	private final Setup setup;

	private final Subject subject;

	private final RedisProcess redis;

	private final ChildProcess server;

	private final int port;

	private final ControlledProcess publisher;

	private final List<ControlledProcess> others = new ArrayList<>();

	private long published;

	private Deployment(Setup setup, Subject subject, RedisProcess redis, ChildProcess server, int port,
			ControlledProcess publisher) {
		this.setup = setup;
		this.subject = subject;
		this.redis = redis;
		this.server = server;
		this.port = port;
		this.publisher = publisher;
	}

	public static Deployment start(Setup setup, Subject subject) {
		RedisProcess redis = RedisProcess.start(setup.logs());
		if (subject == Subject.NCHAN) {
			int port = ChildProcess.freePort();
			ChildProcess nginx = Nginx.start(setup.logs(), port);
			return new Deployment(setup, subject, redis, nginx, port, ControlledProcess.start(log(setup, subject),
					setup.java(classPath(), subject.program(), String.valueOf(port))));
		}
		ControlledProcess server = instance(setup, subject, redis);
		return new Deployment(setup, subject, redis, server.child(), server.port(), instance(setup, subject, redis));
	}

	/** Starts another instance that serves. */
	public InetSocketAddress addInstance() {
		ControlledProcess other = instance(this.setup, this.subject, this.redis);
		this.others.add(other);
		return ChildProcess.loopback(other.port());
	}

	private static ControlledProcess instance(Setup setup, Subject subject, RedisProcess redis) {
		List<String> arguments = new ArrayList<>(subject.arguments());
		arguments.add("--spring.data.redis.port=" + redis.port());
		return ControlledProcess.start(log(setup, subject),
				setup.java(classPath(), subject.program(), arguments.toArray(String[]::new)));
	}

	private static String classPath() {
		return System.getProperty("java.class.path");
	}

	private static Path log(Setup setup, Subject subject) {
		return setup.logs().resolve(subject.name().toLowerCase(Locale.ROOT) + ".log");
	}

	public Subject subject() {
		return this.subject;
	}

	public RedisProcess redis() {
		return this.redis;
	}

	/** The stream of topics of the server. */
	public StreamTarget stream(List<Integer> topics) {
		StringBuilder query = new StringBuilder();
		for (int topic : topics) {
			boolean list = this.subject == Subject.NCHAN && !query.isEmpty();
			query.append(list ? ",t" : query.isEmpty() ? "?topic=t" : "&topic=t").append(topic);
		}
		return new StreamTarget(ChildProcess.loopback(this.port), "/stream" + query, topics);
	}

	/** Publishes from the other instance, the numbers going on. */
	public CompletableFuture<Published> publish(int topics, long count, int rate, int size, boolean callbacks) {
		PublishOrder order = new PublishOrder(topics, this.published, count, rate, size, callbacks);
		this.published += count;
		return this.publisher.publish(order);
	}

	/** How many events were published to a topic when they took turns from the start. */
	public long publishedTo(int topic, int topics) {
		return (this.published - topic + topics - 1) / topics;
	}

	/** The processor time of the server. */
	public Duration serverCpuTime() {
		return this.server.cpuTime();
	}

	public Duration publisherCpuTime() {
		return this.publisher.child().cpuTime();
	}

	/** The resident memory of the server, in bytes. */
	public long serverResidentBytes() {
		return this.server.residentBytes();
	}

	/** What is alive in the heap of the server, after a full collection. */
	public HeapHistogram serverHeap() {
		return HeapHistogram.of(this.server.process().pid());
	}

	/** Ends the server as {@code kill -9} does. */
	public void killServer() {
		this.server.kill();
	}

	@Override
	public void close() {
		this.publisher.close();
		this.others.forEach(ControlledProcess::close);
		this.server.close();
		this.redis.close();
	}

}
