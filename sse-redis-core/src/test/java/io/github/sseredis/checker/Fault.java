package io.github.sseredis.checker;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What goes wrong in a run. Each ends what it began before it returns. */
enum Fault {

	KILL_SUBSCRIPTIONS((world, random) -> world.redis().command("CLIENT", "KILL", "TYPE", "pubsub")),

	KILL_CONNECTIONS((world, random) -> world.redis().command("CLIENT", "KILL", "TYPE", "normal")),

	PAUSE_CLIENTS((world, random) -> {
		int millis = 300 + random.nextInt(1200);
		world.redis().command("CLIENT", "PAUSE", String.valueOf(millis));
		hold(millis);
	}),

	SLEEP((world, random) -> world.redis().command("DEBUG", "SLEEP", "1." + random.nextInt(9))),

	FREEZE_REDIS((world, random) -> {
		world.redis().pause();
		hold(300 + random.nextInt(2500));
		world.redis().resume();
	}),

	RESTART_REDIS((world, random) -> {
		world.redis().kill();
		hold(random.nextInt(2500));
		world.redis().startAgain();
	}),

	EMPTY_REDIS((world, random) -> {
		world.lostData();
		world.redis().command("FLUSHALL");
	}),

	RESTART_REDIS_EMPTY((world, random) -> {
		world.lostData();
		world.redis().command("FLUSHALL");
		world.redis().kill();
		hold(random.nextInt(1000));
		world.redis().startAgain();
	}),

	FLUSH_SCRIPTS((world, random) -> world.redis().command("SCRIPT", "FLUSH")),

	HOLD_WIRE((world, random) -> {
		Wire wire = wire(world, random);
		wire.hold();
		hold(500 + random.nextInt(5000));
		wire.release();
	}),

	SLOW_WIRE((world, random) -> {
		Wire wire = wire(world, random);
		wire.delay(20 + random.nextInt(200));
		hold(1000 + random.nextInt(2000));
		wire.release();
	}),

	CUT_WIRE((world, random) -> wire(world, random).cut()),

	REFUSE_WIRE((world, random) -> {
		Wire wire = wire(world, random);
		wire.cutAndRefuse();
		hold(500 + random.nextInt(2000));
		wire.release();
	}),

	CUT_ALL_WIRES((world, random) -> world.instances().wires().forEach(Wire::cut)),

	RESTART_INSTANCE((world, random) -> {
		int place = random.nextInt(world.instances().size());
		world.instances().stop(place);
		world.instances().start(place);
	}),

	TRIM_TOPIC((world, random) -> world.redis()
		.command("XTRIM", world.key("log:" + topic(world, random)), "MAXLEN", String.valueOf(random.nextInt(5)))),

	EXPIRE_TOPIC((world, random) -> world.redis().command("DEL", world.key("log:" + topic(world, random)))),

	EVICT_TOPIC_HASH((world, random) -> world.redis().command("DEL", world.key("topic:" + topic(world, random)))),

	EVICT_RECENT((world, random) -> world.redis().command("DEL", world.key("recent"))),

	EVICT_POSITION((world, random) -> world.redis().command("DEL", world.key("seq"))),

	SCATTER_CLIENTS((world, random) -> world.clients().forEach(ResumingClient::disturb));

	private final Strike strike;

	Fault(Strike strike) {
		this.strike = strike;
	}

	void strike(World world, Random random) {
		this.strike.on(world, random);
	}

	private static Wire wire(World world, Random random) {
		return world.instances().wire(random.nextInt(world.instances().size()));
	}

	private static String topic(World world, Random random) {
		return world.topics().get(random.nextInt(world.topics().size()));
	}

	static void hold(long millis) {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		while (System.nanoTime() < end) {
			LockSupport.parkNanos(end - System.nanoTime());
		}
	}

	/** Does the harm. */
	@FunctionalInterface
	private interface Strike {

		void on(World world, Random random);

	}

}
