package io.github.sseredis.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.opentest4j.TestAbortedException;

/**
 * A master with two replicas and three sentinels that watch it, processes on this
 * machine. Only its test uses it and may therefore let it fail.
 */
public final class RedisSentinels implements AutoCloseable {

	/** The name of the master. */
	public static final String MASTER = "main";

	private static final int REPLICAS = 2;

	private static final int SENTINELS = 3;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final List<RedisServer> servers = new ArrayList<>();

	private final List<Sentinel> sentinels = new ArrayList<>();

	private RedisSentinels() {
	}

	/**
	 * Starts servers and sentinels; the test is aborted where there is no such Redis.
	 * @param version the line of Redis
	 * @return the group, which the test closes
	 */
	public static RedisSentinels start(RedisVersion version) {
		RedisSentinels group = new RedisSentinels();
		try {
			RedisServer master = RedisServer.start(options(version));
			group.servers.add(master);
			for (int i = 0; i < REPLICAS; i++) {
				group.servers.add(RedisServer.start(options(version).replicaOf(master)));
			}
			RedisBinary binary = RedisBinary.of(version).orElseThrow(() -> new TestAbortedException("No " + version));
			for (int i = 0; i < SENTINELS; i++) {
				group.sentinels.add(Sentinel.start(binary, master));
			}
			group.awaitReady();
			return group;
		}
		catch (RuntimeException | Error ex) {
			group.close();
			throw ex;
		}
	}

	private static RedisOptions options(RedisVersion version) {
		return RedisOptions.create()
			.version(version)
			.arguments("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0");
	}

	/** Waits until all sentinels agree on the master and see all servers that run. */
	public void awaitReady() {
		Awaitility.await().atMost(PATIENCE).until(() -> {
			RedisServer master = this.servers.stream()
				.filter((server) -> server.port() == this.sentinels.get(0).masterPort())
				.findFirst()
				.orElseThrow();
			return master.isRunning() && replication(master).contains("role:master")
					&& this.sentinels.stream().allMatch((sentinel) -> sentinel.agreesOn(master))
					&& this.servers.stream()
						.filter((server) -> server != master && server.isRunning())
						.allMatch((server) -> replication(server).contains("master_port:" + master.port())
								&& replication(server).contains("master_link_status:up"));
		});
	}

	private static String replication(RedisServer server) {
		return server.command("INFO", "replication") + "\r\n";
	}

	/** The addresses of the sentinels. */
	public List<String> addresses() {
		return this.sentinels.stream().map((sentinel) -> "127.0.0.1:" + sentinel.port()).toList();
	}

	/** The master, as the first sentinel knows it. */
	public RedisServer master() {
		int port = this.sentinels.get(0).masterPort();
		return this.servers.stream().filter((server) -> server.port() == port).findFirst().orElseThrow();
	}

	/** Lets a replica take over from a master that runs. */
	public void failOver() {
		RedisServer before = master();
		this.sentinels.get(0).command("SENTINEL", "FAILOVER", MASTER);
		awaitOtherMaster(before);
		awaitReady();
	}

	/** Ends the master as a crash does. */
	public RedisServer killMaster() {
		RedisServer master = master();
		master.kill();
		return master;
	}

	/** Waits until the sentinels have made another server the master. */
	public void awaitOtherMaster(RedisServer before) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> master() != before && master().isRunning() && replication(master()).contains("role:master"));
	}

	/** Ends all processes and deletes their files. */
	@Override
	public void close() {
		this.sentinels.forEach(Sentinel::close);
		this.servers.forEach(RedisServer::close);
	}

	/**
	 * One that watches.
	 *
	 * @param port where it listens
	 * @param process its process
	 */
	private record Sentinel(int port, RedisProcess process) {

		static Sentinel start(RedisBinary binary, RedisServer master) {
			Path directory = TempDirectories.create("sse-redis-sentinel");
			int port = Ports.free();
			Path configuration = directory.resolve("sentinel.conf");
			try {
				// Rewritten by the sentinel.
				Files.write(configuration, List.of("port " + port, "bind 127.0.0.1", "dir " + directory,
						"sentinel monitor " + MASTER + " " + master.host() + " " + master.port() + " 2",
						"sentinel down-after-milliseconds " + MASTER + " 2000",
						"sentinel failover-timeout " + MASTER + " 5000", "sentinel parallel-syncs " + MASTER + " 2"));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			Sentinel sentinel = new Sentinel(port, new RedisProcess(
					List.of(binary.path().toString(), configuration.toString(), "--sentinel"), directory));
			sentinel.process.start(sentinel::answers);
			return sentinel;
		}

		private boolean answers() {
			try {
				return "PONG".equals(command("PING"));
			}
			catch (UncheckedIOException ex) {
				return false;
			}
		}

		Object command(String... words) {
			try (Resp resp = Resp.connect("127.0.0.1", this.port)) {
				return String.valueOf(resp.command(words));
			}
		}

		int masterPort() {
			try (Resp resp = Resp.connect("127.0.0.1", this.port)) {
				List<?> address = (List<?>) resp.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER);
				return address != null ? Integer.parseInt(String.valueOf(address.get(1))) : -1;
			}
		}

		boolean agreesOn(RedisServer master) {
			String known = String.valueOf(command("SENTINEL", "MASTER", MASTER));
			return masterPort() == master.port() && known.contains("flags, master,")
					&& known.contains("num-slaves, " + REPLICAS + ",")
					&& known.contains("num-other-sentinels, " + (SENTINELS - 1) + ",");
		}

		void close() {
			this.process.kill();
			TempDirectories.delete(this.process.directory());
		}

	}

}
