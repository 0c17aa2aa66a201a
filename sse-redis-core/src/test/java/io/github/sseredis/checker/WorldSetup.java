package io.github.sseredis.checker;

import java.util.function.UnaryOperator;

import io.github.sseredis.test.RedisServer;

/** What a run is to consist of. Every method but the last returns this object. */
final class WorldSetup {

	private final RedisServer redis;

	private int instances = 2;

	private int processes;

	private int topics = 2;

	private long seed = 1;

	private UnaryOperator<AppSettings> settings = UnaryOperator.identity();

	WorldSetup(RedisServer redis) {
		this.redis = redis;
	}

	/** The number of instances in this process. */
	WorldSetup instances(int instances) {
		this.instances = instances;
		return this;
	}

	/** The number of instances in processes of their own. */
	WorldSetup processes(int processes) {
		this.processes = processes;
		return this;
	}

	WorldSetup topics(int topics) {
		this.topics = topics;
		return this;
	}

	WorldSetup seed(long seed) {
		this.seed = seed;
		return this;
	}

	WorldSetup settings(UnaryOperator<AppSettings> settings) {
		this.settings = settings;
		return this;
	}

	RedisServer redis() {
		return this.redis;
	}

	int topics() {
		return this.topics;
	}

	long seed() {
		return this.seed;
	}

	Instances places(String prefix) {
		return new Instances(this.instances, this.processes, this.redis, prefix, this.settings);
	}

	/** Starts the instances, and waits until they have a position. */
	World start() {
		return World.start(this);
	}

}
