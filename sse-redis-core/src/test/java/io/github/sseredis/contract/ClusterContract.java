package io.github.sseredis.contract;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.sseredis.EventId;
import io.github.sseredis.log.Cursor;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RedisCluster;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.RedisVersion;
import io.github.sseredis.test.SseBlock;
import io.github.sseredis.test.SseTestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The contract on a Redis Cluster, a domain on each of its masters and on one two; each
 * subclass gives a version of Redis.
 */
@Tag("full")
@TestInstance(Lifecycle.PER_CLASS)
abstract class ClusterContract {

	static final int PARTITIONS = 4;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private RedisCluster cluster;

	abstract RedisVersion version();

	@BeforeAll
	void startCluster() {
		this.cluster = RedisCluster.start(version());
	}

	@AfterAll
	void stopCluster() {
		if (this.cluster != null) {
			this.cluster.close();
		}
	}

	private LettuceConnectionFactory driver() {
		return new LettuceConnectionFactory(configuration());
	}

	private RedisClusterConfiguration configuration() {
		RedisClusterConfiguration configuration = new RedisClusterConfiguration();
		this.cluster.nodes().forEach((node) -> configuration.addClusterNode(new RedisNode(node.host(), node.port())));
		return configuration;
	}

	private Instance.Builder instance(String prefix) {
		return Instance.redis(this::driver, prefix).partitions(PARTITIONS);
	}

	@Nested
	class Contract extends BroadcasterContract {

		private final String prefix = RedisExtension.newPrefix();

		@Override
		Instance.Builder instance() {
			return ClusterContract.this.instance(this.prefix);
		}

		@Override
		boolean reachesOtherInstances() {
			return true;
		}

		@Override
		int partitions() {
			return PARTITIONS;
		}

	}

	@Nested
	class Replay extends ReplayContract {

		@Override
		Instance.Builder instance(String prefix) {
			return ClusterContract.this.instance(prefix);
		}

		@Override
		int partitions() {
			return PARTITIONS;
		}

		@Override
		List<RedisServer> servers(String key) {
			return List.of(ClusterContract.this.cluster.masterOf(key));
		}

	}

	@Nested
	class Outages {

		private final String[] topics = PartitionTopics.oneEach(PARTITIONS);

		private final String prefix = RedisExtension.newPrefix();

		private Instance instance;

		@BeforeEach
		void start() {
			// What waits for a partition that is down waits for all else that happens
			// meanwhile.
			this.instance = start(instance(this.prefix).publish(16 * 1024 * 1024, Duration.ofMinutes(3)));
		}

		@AfterEach
		void stop() {
			this.instance.close();
		}

		private Instance start(Instance.Builder builder) {
			Instance started = builder.start();
			await().atMost(PATIENCE).until(() -> !started.broadcaster().lastEventId().equals(EventId.NONE));
			return started;
		}

		private CompletableFuture<EventId> publish(int partition, String data) {
			return this.instance.broadcaster().broadcast(this.topics[partition], data);
		}

		private void published(int partition, String data) throws Exception {
			publish(partition, data).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}

		@Test
		void clientMissesNothingWhenTheMasterOfAPartitionIsKilled() throws Exception {
			try (SseTestClient client = SseTestClient.open(this.instance.stream(this.topics)).awaitOpen()) {
				for (int partition = 0; partition < PARTITIONS; partition++) {
					published(partition, partition + " before");
				}
				client.awaitEvents(PARTITIONS);
				ClusterContract.this.cluster.awaitReplicated("{1}");
				RedisServer gone = ClusterContract.this.cluster.killMasterOf("{1}");
				for (int partition = 0; partition < PARTITIONS; partition++) {
					published(partition, partition + " after");
				}
				client.awaitEvents(2 * PARTITIONS, PATIENCE);
				assertThat(client.data()).containsExactlyInAnyOrder("0 before", "1 before", "2 before", "3 before",
						"0 after", "1 after", "2 after", "3 after");
				gone.startAgain();
				ClusterContract.this.cluster.awaitReady();
			}
		}

		@Test
		void othersGoOnWhileAllNodesOfAPartitionAreDown() throws Exception {
			try (SseTestClient client = SseTestClient.open(this.instance.stream(this.topics)).awaitOpen()) {
				published(3, "before");
				client.awaitEvents(1);
				RedisServer replica = ClusterContract.this.cluster.replicaOf("{3}");
				RedisServer master = ClusterContract.this.cluster.masterOf("{3}");
				replica.kill();
				master.kill();
				CompletableFuture<EventId> waiting = publish(3, "waiting");
				for (int partition = 0; partition < 3; partition++) {
					published(partition, "meanwhile");
				}
				client.awaitEvents(4);
				assertThat(waiting).isNotDone();
				try (Instance late = instance(this.prefix).start()) {
					await().atMost(PATIENCE).until(() -> late.log().partitions().get(0).position() != null);
					assertAnnouncesThePartitionThatComesLate(late, () -> {
						// With nothing saved, all it had is lost.
						master.startAgain();
						replica.startAgain();
						ClusterContract.this.cluster.awaitReady();
					});
				}
				waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
				client.awaitEvent((event) -> "reset".equals(event.type()), PATIENCE);
				published(3, "after");
				client.awaitEvent((event) -> "after".equals(event.data()), PATIENCE);
				assertReset(client.data("reset"));
				// What was stored before this instance heard of the loss is what the
				// reset
				// announces.
				assertThat(client.data("message")).filteredOn((data) -> !data.equals("waiting"))
					.containsExactlyInAnyOrder("before", "meanwhile", "meanwhile", "meanwhile", "more", "after");
			}
		}

		private void assertAnnouncesThePartitionThatComesLate(Instance late, Runnable comes) throws Exception {
			try (RawSseClient client = RawSseClient.to(late.stream(this.topics[0], this.topics[3])).open()) {
				client.awaitBlocks(1);
				published(0, "more");
				SseBlock more = client.awaitBlock((block) -> "more".equals(block.data()), PATIENCE);
				assertThat(client.blocks().get(0).id()).isNull();
				assertThat(Cursor.parse(String.valueOf(more.id()), PARTITIONS)).hasValueSatisfying((cursor) -> {
					assertThat(cursor.position(0)).isNotNull();
					assertThat(cursor.position(3)).isNull();
				});
				comes.run();
				client.awaitBlock((block) -> "reset".equals(block.type()), PATIENCE);
				assertReset(client.events()
					.stream()
					.filter((block) -> "reset".equals(block.type()))
					.map((block) -> String.valueOf(block.data()))
					.toList());
			}
		}

		private void assertReset(List<String> data) {
			assertThat(data).containsExactly("{\"reason\":\"unknown-epoch\",\"topics\":[\"" + this.topics[3] + "\"]}");
		}

	}

	@Nested
	class WithJedis {

		@Test
		void clientMissesNothingWhenTheMasterOfAPartitionHandsOver() throws Exception {
			String[] topics = PartitionTopics.oneEach(PARTITIONS);
			Instance.Builder builder = Instance
				.redis(() -> new JedisConnectionFactory(configuration()), RedisExtension.newPrefix())
				.partitions(PARTITIONS);
			try (Instance instance = builder.start()) {
				await().atMost(PATIENCE).until(() -> !instance.broadcaster().lastEventId().equals(EventId.NONE));
				try (SseTestClient client = SseTestClient.open(instance.stream(topics)).awaitOpen()) {
					for (String moment : List.of("before", "after")) {
						for (String topic : topics) {
							instance.broadcaster().broadcast(topic, moment).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
						}
						ClusterContract.this.cluster.failOver("{0}");
					}
					client.awaitEvents(2 * PARTITIONS, PATIENCE);
					assertThat(client.data()).hasSize(2 * PARTITIONS).doesNotContain("reset");
				}
			}
		}

	}

}
