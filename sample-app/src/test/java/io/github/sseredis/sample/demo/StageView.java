package io.github.sseredis.sample.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the stage shows of the demo: the instances as their actuator endpoints tell it to
 * an operator.
 */
final class StageView implements AutoCloseable {

	private static final String OPERATOR = "Basic "
			+ Base64.getEncoder().encodeToString("admin:password".getBytes(StandardCharsets.UTF_8));

	private static final int PERIOD_MILLIS = 500;

	private final DemoCluster cluster;

	private final StagePublisher publisher;

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

	private final JsonMapper json = JsonMapper.builder().build();

	private final Map<String, Numbers> numbers = new ConcurrentHashMap<>();

	private final ScheduledExecutorService scheduler;

	StageView(DemoCluster cluster, StagePublisher publisher) {
		this.cluster = cluster;
		this.publisher = publisher;
		this.scheduler = Executors.newScheduledThreadPool(cluster.instances().size(), (task) -> {
			Thread thread = new Thread(task, "demo-view");
			thread.setDaemon(true);
			return thread;
		});
		cluster.instances()
			.forEach((instance) -> this.scheduler.scheduleWithFixedDelay(() -> look(instance), 0, PERIOD_MILLIS,
					TimeUnit.MILLISECONDS));
	}

	/** What there is to be seen now. */
	State state() {
		List<InstanceState> instances = new ArrayList<>();
		List<Integer> wires = this.cluster.wirePorts();
		for (DemoInstance instance : this.cluster.instances()) {
			instances.add(new InstanceState(instance.name(), instance.state().name().toLowerCase(), instance.port(),
					"http://localhost:" + wires.get(instances.size()) + StageStream.PATH,
					this.numbers.get(instance.name())));
		}
		Instant cutUntil = this.cluster.cutUntil();
		long cut = (cutUntil != null) ? Duration.between(Clock.systemUTC().instant(), cutUntil).toMillis() : 0;
		DemoRedis redis = this.cluster.redis();
		return new State(this.publisher.sent(), this.publisher.failed(), this.publisher.isSteady(), Math.max(0, cut),
				instances, new RedisState(redis.port(), redis.isRunning() ? "running" : "stopped"));
	}

	private void look(DemoInstance instance) {
		if (instance.state() != DemoInstance.State.RUNNING) {
			this.numbers.remove(instance.name());
			return;
		}
		try {
			JsonNode report = get(instance, "sse");
			JsonNode partition = report.path("partitions").path(0);
			this.numbers.put(instance.name(),
					new Numbers(report.path("connections").asInt(0), partition.path("epoch").asString(""),
							partition.path("position").asLong(0), value(get(instance, "metrics/sse.publish.pending")),
							value(get(instance, "metrics/sse.subscription.up")) == 1));
		}
		catch (IOException ex) {
			// It stops, or waits for Redis: what is known stays.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static long value(JsonNode metric) {
		return metric.path("measurements").path(0).path("value").asLong(0);
	}

	private JsonNode get(DemoInstance instance, String path) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + instance.port() + "/actuator/" + path))
			.header("Authorization", OPERATOR)
			.timeout(Duration.ofSeconds(2))
			.build();
		return this.json.readTree(this.http.send(request, BodyHandlers.ofString()).body());
	}

	@Override
	public void close() {
		this.scheduler.shutdownNow();
	}

	/**
	 * What is to be seen.
	 *
	 * @param sent how many events have been published, by instance
	 * @param failed which of them could not be
	 * @param steady whether events are published all the time
	 * @param cut milliseconds until the browser's connections are whole again
	 * @param instances the instances
	 * @param redis the Redis
	 */
	record State(Map<String, Long> sent, Map<String, List<StagePublisher.Range>> failed, boolean steady, long cut,
			List<InstanceState> instances, RedisState redis) {
	}

	/**
	 * An instance.
	 *
	 * @param name its name
	 * @param state what it does
	 * @param port where it listens
	 * @param stream where its stream can be reached, by the wire that can be cut
	 * @param numbers what it says of itself; null if it says nothing
	 */
	record InstanceState(String name, String state, int port, String stream, @Nullable Numbers numbers) {
	}

	/**
	 * What an instance says of itself.
	 *
	 * @param connections the number of its connections
	 * @param epoch the epoch of its event log
	 * @param position the number of its newest event
	 * @param pending events that Redis has not taken from it yet
	 * @param receiving whether it receives events
	 */
	record Numbers(int connections, String epoch, long position, long pending, boolean receiving) {
	}

	/**
	 * The Redis.
	 *
	 * @param port where it listens
	 * @param state what it does
	 */
	record RedisState(int port, String state) {
	}

}
