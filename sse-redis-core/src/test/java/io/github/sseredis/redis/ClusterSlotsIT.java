package io.github.sseredis.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.sseredis.log.EventLog;
import io.github.sseredis.test.RedisOptions;
import io.github.sseredis.test.RedisServer;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Redis Cluster takes a call only if all its keys are in one slot. */
class ClusterSlotsIT {

	private static final List<String> TOPICS = List.of("a", "{b}", "}{c", "{}", "{", "}", "x{1}y{2}", "ünïcödé");

	@Test
	void keysOfAPartitionAreInOneSlotWhateverTheTopic() {
		try (RedisServer redis = RedisServer.start(RedisOptions.create().arguments("--cluster-enabled", "yes"))) {
			for (int partition = 0; partition < 8; partition++) {
				RedisLayout layout = new RedisLayout("sse:app:", partition);
				Stream<byte[]> keys = Stream.concat(Stream.of(layout.seq(), layout.recent(), layout.sender("me")),
						TOPICS.stream()
							.flatMap((topic) -> Stream.of(layout.log(topic), layout.topic(topic),
									layout.idempotencyKey(topic, "{k}"), layout.idempotencyKey(topic, "}{k"))));
				assertThat(keys.map((key) -> redis.command("CLUSTER", "KEYSLOT", RedisLayout.text(key))).distinct())
					.containsExactly(redis.command("CLUSTER", "KEYSLOT", "" + partition));
			}
		}
	}

	@Test
	void publishesAndReceivesOnACluster() {
		try (RedisServer redis = RedisServer.start(RedisOptions.create().arguments("--cluster-enabled", "yes"))) {
			redis.command(
					Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), IntStream.range(0, 16384).mapToObj(String::valueOf))
						.toArray(String[]::new));
			await().until(() -> String.valueOf(redis.command("CLUSTER", "INFO")).contains("cluster_state:ok"));
			RedisClusterConfiguration cluster = new RedisClusterConfiguration();
			cluster.addClusterNode(new RedisNode(redis.host(), redis.port()));
			LettuceConnectionFactory factory = new LettuceConnectionFactory(cluster);
			factory.afterPropertiesSet();
			factory.start();
			try (Node node = Node.on(redis, "sse:app:").partitions(4).connections(factory).start()) {
				await().until(() -> node.hasPosition() && node.subscription.isSubscribed());
				EventLog log = node.log;
				List<Recorder> recorders = new ArrayList<>();
				TOPICS.forEach((topic) -> recorders.add(node.record(topic)));
				assertThat(TOPICS.stream().map(log::partitionOf).distinct().count()).isGreaterThan(2);
				for (String topic : TOPICS) {
					node.publish(topic, topic, "key");
					node.publish(topic, "again", "key");
					node.publish(topic, "last");
				}
				for (int i = 0; i < TOPICS.size(); i++) {
					assertThat(recorders.get(i).awaitLast("last")).containsExactly(TOPICS.get(i), "last");
				}
			}
		}
	}

}
