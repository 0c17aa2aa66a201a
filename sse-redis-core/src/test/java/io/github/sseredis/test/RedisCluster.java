package io.github.sseredis.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A Redis Cluster of six processes on this machine, three masters with a replica each,
 * put together by its own commands. Only its test uses it and may therefore let it fail.
 */
public final class RedisCluster implements AutoCloseable {

	private static final int SLOTS = 16384;

	private static final int MASTERS = 3;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final List<RedisServer> nodes = new ArrayList<>();

	private RedisCluster() {
	}

	/**
	 * Starts a cluster; the test is aborted where there is no such Redis.
	 * @param version the line of Redis
	 * @return the cluster, which the test closes
	 */
	public static RedisCluster start(RedisVersion version) {
		RedisCluster cluster = new RedisCluster();
		try {
			for (int i = 0; i < 2 * MASTERS; i++) {
				cluster.nodes.add(RedisServer.start(options(version)));
			}
			cluster.join();
			return cluster;
		}
		catch (RuntimeException | Error ex) {
			cluster.close();
			throw ex;
		}
	}

	private static RedisOptions options(RedisVersion version) {
		return RedisOptions.create()
			.version(version)
			.arguments("--cluster-enabled", "yes", "--cluster-node-timeout", "2000",
					"--cluster-replica-validity-factor", "0", "--cluster-migration-barrier", "9",
					"--cluster-require-full-coverage", "no", "--repl-diskless-sync", "yes",
					"--repl-diskless-sync-delay", "0");
	}

	private void join() {
		RedisServer first = this.nodes.get(0);
		for (int i = 0; i < this.nodes.size(); i++) {
			RedisServer node = this.nodes.get(i);
			node.command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
			first.command("CLUSTER", "MEET", node.host(), Integer.toString(node.port()));
		}
		await((node) -> ClusterView.of(node).size() == this.nodes.size());
		for (int i = 0; i < MASTERS; i++) {
			Stream<String> slots = IntStream.range(i * SLOTS / MASTERS, (i + 1) * SLOTS / MASTERS)
				.mapToObj(Integer::toString);
			RedisServer master = this.nodes.get(i);
			master.command(Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), slots).toArray(String[]::new));
			this.nodes.get(MASTERS + i).command("CLUSTER", "REPLICATE", ClusterView.ofItself(master).id());
		}
		awaitReady();
	}

	/** Waits until the nodes that run agree on who serves what, and replicas follow. */
	public void awaitReady() {
		await((node) -> {
			String info = String.valueOf(node.command("CLUSTER", "INFO"));
			return info.contains("cluster_state:ok") && info.contains("cluster_slots_ok:" + SLOTS);
		});
		await((node) -> ClusterView.of(node)
			.stream()
			.filter(ClusterView::isMaster)
			.filter((view) -> !view.slots().isEmpty())
			.count() == MASTERS);
		await((node) -> ClusterView.ofItself(node).isMaster()
				|| String.valueOf(node.command("INFO", "replication")).contains("master_link_status:up"));
	}

	/** The nodes, in the order in which they were started. */
	public List<RedisServer> nodes() {
		return List.copyOf(this.nodes);
	}

	/** The master that serves a key. */
	public RedisServer masterOf(String key) {
		return findMasterOf(key).orElseThrow(() -> new IllegalStateException("Nobody serves " + key));
	}

	/** The replica of the master that serves a key. */
	public RedisServer replicaOf(String key) {
		String master = ClusterView.ofItself(masterOf(key)).id();
		return running().filter((node) -> ClusterView.ofItself(node).master().equals(master))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No replica for " + key));
	}

	/** Lets the replica of the master that serves a key take over, without loss. */
	public void failOver(String key) {
		RedisServer replica = replicaOf(key);
		// One that is not done after 5 s is given up by the replica.
		Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> {
			replica.command("CLUSTER", "FAILOVER");
			return becomesMaster(replica);
		});
		awaitReady();
	}

	private static boolean becomesMaster(RedisServer replica) {
		try {
			Awaitility.await().atMost(Duration.ofSeconds(6)).until(() -> ClusterView.ofItself(replica).isMaster());
			return true;
		}
		catch (ConditionTimeoutException ex) {
			return false;
		}
	}

	/** Waits until the replica has what the master that serves a key has. */
	public void awaitReplicated(String key) {
		RedisServer master = masterOf(key);
		RedisServer replica = replicaOf(key);
		Awaitility.await().atMost(PATIENCE).until(() -> offset(replica).equals(offset(master)));
	}

	private static String offset(RedisServer node) {
		return String.valueOf(node.command("INFO", "replication"))
			.lines()
			.filter((line) -> line.startsWith("master_repl_offset:"))
			.findFirst()
			.orElseThrow();
	}

	/** Ends the master that serves a key as a crash does. */
	public RedisServer killMasterOf(String key) {
		RedisServer master = masterOf(key);
		master.kill();
		return master;
	}

	/** Waits until a node that runs serves a key. */
	public void awaitMasterOf(String key) {
		Awaitility.await().atMost(PATIENCE).until(() -> findMasterOf(key).isPresent());
	}

	private Optional<RedisServer> findMasterOf(String key) {
		int slot = slot(key);
		return running().filter((node) -> ClusterView.ofItself(node).serves(slot)).findFirst();
	}

	private int slot(String key) {
		RedisServer any = running().findFirst().orElseThrow();
		return Integer.parseInt(String.valueOf(any.command("CLUSTER", "KEYSLOT", key)));
	}

	private Stream<RedisServer> running() {
		return this.nodes.stream().filter(RedisServer::isRunning);
	}

	private void await(Predicate<RedisServer> condition) {
		Awaitility.await().atMost(PATIENCE).until(() -> running().allMatch(condition));
	}

	/** Ends all nodes and deletes their files. */
	@Override
	public void close() {
		this.nodes.forEach(RedisServer::close);
	}

}
