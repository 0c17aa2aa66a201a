package io.github.sseredis.checker;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.TcpProxy;

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

	EMPTY_REDIS((world, random) -> world.loseData(() -> world.redis().command("FLUSHALL"))),

	RESTART_REDIS_EMPTY((world, random) -> {
		world.loseData(() -> world.redis().command("FLUSHALL"));
		world.redis().kill();
		hold(random.nextInt(1000));
		world.redis().startAgain();
	}),

	FLUSH_SCRIPTS((world, random) -> world.redis().command("SCRIPT", "FLUSH")),

	FAIL_OVER((world, random) -> {
		RedisServer replica = world.addReplica();
		world.redis().command("CLIENT", "PAUSE", "30000", "WRITE");
		world.awaitReplicated(replica);
		world.promote(replica);
	}),

	FAIL_OVER_WITH_LOSS((world, random) -> {
		RedisServer replica = world.addReplica();
		world.loseData(() -> {
			world.stopReplicating(replica);
			hold(100 + random.nextInt(900));
			world.redis().kill();
		});
		world.promote(replica);
	}),

	HOLD_WIRE((world, random) -> {
		TcpProxy wire = wire(world, random);
		wire.hold();
		hold(500 + random.nextInt(5000));
		if (random.nextBoolean()) {
			wire.cut();
		}
		wire.release();
	}),

	DEAFEN_WIRE((world, random) -> wire(world, random).blackHoleSubscriptions()),

	SLOW_WIRE((world, random) -> {
		TcpProxy wire = wire(world, random);
		wire.delay(Duration.ofMillis(20 + random.nextInt(200)));
		hold(1000 + random.nextInt(2000));
		wire.release();
	}),

	CUT_WIRE((world, random) -> wire(world, random).cut()),

	CUT_BEFORE_AN_ANSWER((world, random) -> {
		TcpProxy wire = wire(world, random);
		wire.refuseInsteadOfAnswering("data:");
		hold(300 + random.nextInt(1500));
		wire.release();
	}),

	REFUSE_WIRE((world, random) -> {
		TcpProxy wire = wire(world, random);
		wire.refuse();
		hold(500 + random.nextInt(2000));
		wire.release();
	}),

	CUT_ALL_WIRES((world, random) -> world.instances().wires().forEach(TcpProxy::cut)),

	RESTART_INSTANCE((world, random) -> {
		int place = world.instances().anyInProcess(random);
		world.instances().stop(place);
		world.instances().start(place);
	}),

	KILL_INSTANCE((world, random) -> {
		int place = world.instances().anyProcess(random);
		world.instances().stop(place);
		world.instances().start(place);
	}),

	FREEZE_INSTANCE((world, random) -> {
		AppProcess frozen = world.instances().process(world.instances().anyProcess(random));
		frozen.pause();
		hold(300 + random.nextInt(4000));
		frozen.resume();
	}),

	TRIM_TOPIC((world, random) -> world.redis()
		.command("XTRIM", world.key("log:" + topic(world, random)), "MAXLEN", String.valueOf(random.nextInt(5)))),

	EXPIRE_TOPIC((world, random) -> world.redis().command("PEXPIRE", world.key("log:" + topic(world, random)), "1")),

	EVICT_TOPIC_HASH((world, random) -> world.redis().command("DEL", world.key("topic:" + topic(world, random)))),

	EVICT_RECENT((world, random) -> world.redis().command("DEL", world.key("recent"))),

	EVICT_POSITION((world, random) -> world.redis().command("DEL", world.key("seq"))),

	DISCONNECT_USER((world, random) -> world.instances()
		.get(world.instances().anyInProcess(random))
		.registry()
		.disconnect(world.anyUser(random))),

	SCATTER_CLIENTS((world, random) -> world.clients().forEach(ResumingClient::disturb));

	private final Strike strike;

	Fault(Strike strike) {
		this.strike = strike;
	}

	void strike(World world, Random random) {
		this.strike.on(world, random);
	}

	private static TcpProxy wire(World world, Random random) {
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
