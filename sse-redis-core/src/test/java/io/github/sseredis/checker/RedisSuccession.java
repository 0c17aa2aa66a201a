package io.github.sseredis.checker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.sseredis.test.RedisOptions;
import io.github.sseredis.test.RedisServer;

import static org.awaitility.Awaitility.await;

/**
 * The Redis of a run: the one it began with, or the replica that has taken over. Used by
 * the thread that does harm; closes what it started itself.
 */
final class RedisSuccession implements AutoCloseable {

	private final List<RedisServer> replicas = new ArrayList<>();

	private volatile RedisServer current;

	RedisSuccession(RedisServer first) {
		this.current = first;
	}

	RedisServer current() {
		return this.current;
	}

	/** Starts a replica, and waits until it has what there is. */
	RedisServer addReplica() {
		this.current.command("CONFIG", "SET", "repl-diskless-sync-delay", "0");
		// Told at run time whom to follow, it no longer does after a restart.
		RedisServer replica = RedisServer.start(RedisOptions.create()
			.version(this.current.version())
			.debugCommand()
			.arguments("--appendonly", "yes", "--appendfsync", "no"));
		this.replicas.add(replica);
		replica.command("REPLICAOF", this.current.host(), String.valueOf(this.current.port()));
		await().atMost(Duration.ofSeconds(60)).until(() -> {
			String info = info(replica);
			return info.contains("master_link_status:up") && info.contains("aof_rewrite_in_progress:0")
					&& info.contains("aof_rewrite_scheduled:0");
		});
		return replica;
	}

	/** Waits until a replica has everything, while nothing is written. */
	void awaitReplicated(RedisServer replica) {
		await().atMost(Duration.ofSeconds(60)).until(() -> offset(replica) == offset(this.current));
	}

	/** Waits until a replica has everything up to now, and ends replication. */
	void stopReplicating(RedisServer replica) {
		long now = offset(this.current);
		await().atMost(Duration.ofSeconds(60)).until(() -> offset(replica) >= now);
		replica.command("REPLICAOF", "127.0.0.1", "1");
	}

	/** Kills the master, as a crash does, and lets a replica take over. */
	void promote(RedisServer replica) {
		this.current.kill();
		replica.command("REPLICAOF", "NO", "ONE");
		this.current = replica;
	}

	private static long offset(RedisServer redis) {
		return info(redis).lines()
			.filter((line) -> line.startsWith("master_repl_offset"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D+", "")))
			.findFirst()
			.orElseThrow();
	}

	private static String info(RedisServer redis) {
		return String.valueOf(redis.command("INFO", "replication"))
				+ String.valueOf(redis.command("INFO", "persistence"));
	}

	@Override
	public void close() {
		this.replicas.forEach(RedisServer::close);
	}

}
