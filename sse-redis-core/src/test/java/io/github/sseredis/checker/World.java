package io.github.sseredis.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.sseredis.checker.ResumingClient.Habit;
import io.github.sseredis.checker.Violation.Kind;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.TcpProxy;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A run: a Redis, instances, clients and producers, and the check of what the clients
 * saw. First clients, then producers: who has a cursor before anything is published must
 * receive all of it.
 */
final class World implements AutoCloseable {

	/** How long a test waits for what comes at once on an idle machine. */
	static final Duration PATIENCE = Duration.ofSeconds(30);

	/** How long what was published may take to arrive once nothing is broken. */
	private static final Duration SETTLING = Duration.ofSeconds(40);

	private final String prefix = RedisExtension.newPrefix();

	private final RedisSuccession redis;

	private final Instances instances;

	private final Random random;

	private final List<String> topics = new ArrayList<>();

	private final Publications publications = new Publications();

	private final List<ResumingClient> clients = new ArrayList<>();

	private final List<Producer> producers = new ArrayList<>();

	private final List<DataLoss> losses = new CopyOnWriteArrayList<>();

	private final Chronicle chronicle = new Chronicle();

	private volatile boolean away;

	/** Where clients go while there is an instance. */
	private volatile OptionalInt preferred = OptionalInt.empty();

	private World(WorldSetup setup) {
		this.redis = new RedisSuccession(setup.redis());
		this.random = new Random(setup.seed());
		for (int i = 0; i < setup.topics(); i++) {
			// Of two, one begins with the other: who matches by prefix shows it.
			this.topics.add("t" + ((i % 2 == 0) ? i : (i - 1) + "0"));
		}
		this.instances = setup.places(this.prefix);
	}

	static World start(WorldSetup setup) {
		World world = new World(setup);
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

	static WorldSetup on(RedisServer redis) {
		return new WorldSetup(redis);
	}

	/** The Redis that instances use now. */
	RedisServer redis() {
		return this.redis.current();
	}

	/** Starts a replica, and waits until it has what there is. */
	RedisServer addReplica() {
		return this.redis.addReplica();
	}

	/** Waits until a replica has everything, while nothing is written. */
	void awaitReplicated(RedisServer replica) {
		this.redis.awaitReplicated(replica);
	}

	/** Lets a replica have everything up to now, and nothing later. */
	void stopReplicating(RedisServer replica) {
		this.redis.stopReplicating(replica);
	}

	/** Kills the master, and leads all instances to a replica that takes over. */
	void promote(RedisServer replica) {
		this.redis.promote(replica);
		this.instances.wires().forEach((wire) -> wire.redirect(replica));
		this.instances.wires().forEach(TcpProxy::cut);
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

	/** The name of a key of the only partition. */
	String key(String name) {
		return this.prefix + "{0}:" + name;
	}

	void awaitPositions() {
		Awaitility.await().atMost(PATIENCE).until(this.instances::allHavePosition);
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

	/** Sends clients to the instance in a place, while there is one. */
	void prefer(int place) {
		this.preferred = OptionalInt.of(place);
	}

	private OptionalInt instanceFor(Random choice) {
		OptionalInt place = this.preferred;
		if (this.away) {
			return OptionalInt.empty();
		}
		OptionalInt first = place.isPresent() ? this.instances.port(place.getAsInt()) : place;
		return first.isPresent() ? first : this.instances.anyPort(choice);
	}

	/** Lets no client open a stream, and ends those that are open; or lets them again. */
	void keepAway(boolean away) {
		this.away = away;
		if (away) {
			this.clients.forEach(ResumingClient::disturb);
			Awaitility.await().atMost(PATIENCE).until(() -> this.clients.stream().noneMatch(ResumingClient::hasStream));
		}
	}

	void awaitCursors(Collection<ResumingClient> awaited) {
		Awaitility.await().atMost(PATIENCE).until(() -> awaited.stream().allMatch(ResumingClient::hasCursor));
	}

	List<ResumingClient> clients() {
		return this.clients;
	}

	/** The user of one of the clients whose streams are those of a user. */
	String anyUser(Random choice) {
		List<String> users = this.clients.stream().filter(ResumingClient::isUser).map(ResumingClient::name).toList();
		return users.get(choice.nextInt(users.size()));
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
			this.publications.publish(this.instances.get(instance), topic, "test" + instance, 20).join();
		}
	}

	/** Does something by which Redis loses what it has. */
	void loseData(Runnable how) {
		long begin = System.nanoTime();
		how.run();
		this.losses.add(new DataLoss(begin, System.nanoTime()));
	}

	void note(String text) {
		this.chronicle.note(text);
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
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(this.publications::areDecided);
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
		return PromiseCheck.violations(this.publications, recordings(), this.losses);
	}

	/** What happened, for the message of a failure. */
	String report(List<Violation> violations) {
		return this + "\n" + this.chronicle.report(violations, this.publications, recordings());
	}

	@Override
	public void close() {
		this.producers.forEach(Producer::close);
		this.clients.forEach(ResumingClient::leave);
		this.clients.forEach(ResumingClient::close);
		this.instances.close();
		this.redis.close();
	}

	@Override
	public String toString() {
		long connections = recordings().stream().mapToLong(ClientRecording::connections).sum();
		return this.publications + ", " + this.clients.size() + " clients saw " + events() + " events and " + resets()
				+ " resets on " + connections + " connections";
	}

}
