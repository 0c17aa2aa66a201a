package io.github.sseredis.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.github.sseredis.checker.ResumingClient.Habit;
import io.github.sseredis.checker.Violation.Kind;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A run: a Redis, instances, clients and producers, and the check of what the clients
 * saw. First clients, then producers: who has a cursor before anything is published must
 * receive all of it.
 */
final class World implements AutoCloseable {

	/** How long what was published may take to arrive once nothing is broken. */
	private static final Duration SETTLING = Duration.ofSeconds(20);

	private static final long STORY_NANOS = Duration.ofSeconds(4).toNanos();

	private final RedisServer redis;

	private final String prefix = RedisExtension.newPrefix();

	private final Instances instances;

	private final Random random;

	private final List<String> topics;

	private final Publications publications = new Publications();

	private final List<ResumingClient> clients = new ArrayList<>();

	private final List<Producer> producers = new ArrayList<>();

	private final List<String> notes = new CopyOnWriteArrayList<>();

	private final long begin = System.nanoTime();

	private volatile boolean redisLostData;

	private volatile boolean away;

	private volatile Supplier<OptionalInt> preferred = OptionalInt::empty;

	private World(RedisServer redis, int instances, int topics, long seed, UnaryOperator<AppSettings> settings) {
		this.redis = redis;
		this.random = new Random(seed);
		this.topics = new ArrayList<>();
		for (int i = 0; i < topics; i++) {
			// Of two, one begins with the other: who matches by prefix shows it.
			this.topics.add("t" + ((i % 2 == 0) ? i : (i - 1) + "0"));
		}
		this.instances = new Instances(instances, redis.port(), this.prefix, settings);
	}

	/** Starts instances on a Redis, and waits until they have a position. */
	static World start(RedisServer redis, int instances, int topics, long seed, UnaryOperator<AppSettings> settings) {
		World world = new World(redis, instances, topics, seed, settings);
		try {
			world.instances.startAll();
			world.awaitPositions();
			return world;
		}
		catch (RuntimeException | Error ex) {
			world.close();
			throw ex;
		}
	}

	static World start(RedisServer redis, int instances) {
		return start(redis, instances, 2, 1, UnaryOperator.identity());
	}

	RedisServer redis() {
		return this.redis;
	}

	Instances instances() {
		return this.instances;
	}

	Publications publications() {
		return this.publications;
	}

	List<String> topics() {
		return this.topics;
	}

	String prefix() {
		return this.prefix;
	}

	/** The name of a key of the only partition. */
	String key(String name) {
		return this.prefix + "{0}:" + name;
	}

	String channel() {
		return this.prefix + "{0}";
	}

	void awaitPositions() {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(this.instances::allHavePosition);
	}

	/** Adds clients on one to three topics each, and waits until they have a cursor. */
	void clients(int count, Habit habit) {
		List<ResumingClient> added = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			Set<String> granted = new HashSet<>();
			for (int n = this.random.nextInt(3); n >= 0; n--) {
				granted.add(this.topics.get(this.random.nextInt(this.topics.size())));
			}
			added.add(client(habit + "-" + this.clients.size(), granted, habit));
		}
		awaitCursors(added);
	}

	/** Adds a client; it may not have a cursor yet. */
	ResumingClient client(String name, Set<String> granted, Habit habit) {
		ResumingClient client = new ResumingClient(name, granted, habit, this::instanceFor, this.random.nextLong());
		this.clients.add(client);
		return client.start();
	}

	/**
	 * Sends clients to another port, while there is one, than that of an instance here.
	 */
	void prefer(Supplier<OptionalInt> port) {
		this.preferred = port;
	}

	private OptionalInt instanceFor(Random choice) {
		if (this.away) {
			return OptionalInt.empty();
		}
		OptionalInt first = this.preferred.get();
		return first.isPresent() ? first : this.instances.anyPort(choice);
	}

	/** Lets no client open a stream, and ends those that are open; or lets them again. */
	void keepAway(boolean away) {
		this.away = away;
		if (away) {
			this.clients.forEach(ResumingClient::disturb);
			Awaitility.await().until(() -> this.clients.stream().noneMatch(ResumingClient::hasStream));
		}
	}

	void awaitCursors(Collection<ResumingClient> awaited) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> awaited.stream().allMatch(ResumingClient::hasCursor));
	}

	List<ResumingClient> clients() {
		return this.clients;
	}

	/** Adds a producer on each instance. */
	void producers(int perSecond) {
		for (int i = 0; i < this.instances.size(); i++) {
			this.producers
				.add(new Producer(this.instances, i, this.topics, perSecond, this.publications, this.random.nextLong())
					.start());
		}
	}

	/** Publishes events on an instance, one after the other, each acknowledged. */
	void publish(int instance, String topic, int count) {
		for (int i = 0; i < count; i++) {
			this.publications.publish(this.instances.get(instance).broadcaster(), topic, "test" + instance, 20).join();
		}
	}

	void lostData() {
		this.redisLostData = true;
	}

	void note(String text) {
		this.notes.add(time(System.nanoTime()) + text);
	}

	List<ClientRecording> recordings() {
		return this.clients.stream().map(ResumingClient::recording).toList();
	}

	long resets() {
		return recordings().stream().mapToLong((recording) -> recording.resets().size()).sum();
	}

	long events() {
		return recordings().stream().mapToLong((recording) -> recording.events().size()).sum();
	}

	/**
	 * Ends publishing, waits until what was published has arrived, and returns the
	 * promises that were broken.
	 */
	List<Violation> settle() {
		return settle(SETTLING);
	}

	List<Violation> settle(Duration patience) {
		this.producers.forEach(Producer::close);
		this.producers.clear();
		Awaitility.await().atMost(Duration.ofSeconds(40)).until(this.publications::areDecided);
		try {
			Awaitility.await()
				.pollInterval(Duration.ofMillis(300))
				.atMost(patience)
				.until(() -> violations().stream().noneMatch((violation) -> violation.kind() == Kind.MISSING));
		}
		catch (ConditionTimeoutException ex) {
			note("settled with events missing");
		}
		return violations();
	}

	List<Violation> violations() {
		return PromiseCheck.violations(this.publications, recordings(), this.redisLostData);
	}

	/** What happened, for the message of a failure. */
	String report(List<Violation> violations) {
		Map<Kind, Long> counts = violations.stream()
			.collect(Collectors.groupingBy(Violation::kind, Collectors.counting()));
		List<String> lines = new ArrayList<>(List.of(toString(), counts.toString()));
		lines.addAll(this.notes);
		violations.stream().limit(30).map(Violation::toString).forEach(lines::add);
		violations.stream().limit(1).forEach((violation) -> lines.addAll(story(violation)));
		return String.join("\n", lines);
	}

	/** What the client saw around the time of an event that it should have seen. */
	private List<String> story(Violation violation) {
		Publication publication = (violation.event() != null) ? this.publications.find(violation.event()) : null;
		if (publication == null) {
			return List.of();
		}
		List<String> lines = new ArrayList<>();
		lines.add(time(publication.nanos()) + violation.event() + " was published: " + publication.outcome());
		recordings().stream()
			.filter((recording) -> recording.client().equals(violation.client()))
			.flatMap((recording) -> recording.sightings().stream())
			.filter((sighting) -> Math.abs(sighting.nanos() - publication.nanos()) < STORY_NANOS)
			.limit(300)
			.forEach((sighting) -> lines.add(time(sighting.nanos()) + sighting));
		return lines;
	}

	private String time(long nanos) {
		return String.format("%7.3f ", (nanos - this.begin) / 1e9);
	}

	@Override
	public void close() {
		this.producers.forEach(Producer::close);
		this.clients.forEach(ResumingClient::leave);
		this.clients.forEach(ResumingClient::close);
		this.instances.close();
	}

	@Override
	public String toString() {
		long connections = recordings().stream().mapToLong(ClientRecording::connections).sum();
		return this.publications + ", " + this.clients.size() + " clients saw " + events() + " events and " + resets()
				+ " resets on " + connections + " connections";
	}

}
