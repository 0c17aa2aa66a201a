package io.github.sseredis.autoconfigure;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisSocketConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/** Tests for {@link RedisAddress}. */
class RedisAddressTests {

	@Test
	void showsHostAndPortAndNoCredentials() {
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration("redis.example", 7000);
		configuration.setUsername("user");
		configuration.setPassword("secret");
		assertThat(address(configuration)).isEqualTo("redis.example:7000");
		assertThat(RedisAddress.of(new JedisConnectionFactory(configuration))).isEqualTo("redis.example:7000");
	}

	@Test
	void showsMasterAndSentinels() {
		RedisSentinelConfiguration configuration = new RedisSentinelConfiguration("main",
				Set.of("s2:26379", "s1:26379"));
		String expected = "master main of sentinels s1:26379,s2:26379";
		assertThat(address(configuration)).isEqualTo(expected);
		assertThat(RedisAddress.of(new JedisConnectionFactory(configuration))).isEqualTo(expected);
	}

	@Test
	void showsNodesOfCluster() {
		RedisClusterConfiguration configuration = new RedisClusterConfiguration(List.of("n2:6379", "n1:6379"));
		assertThat(address(configuration)).isEqualTo("cluster n1:6379,n2:6379");
		assertThat(RedisAddress.of(new JedisConnectionFactory(configuration))).isEqualTo("cluster n1:6379,n2:6379");
	}

	@Test
	void showsMasterAndReplicas() {
		RedisStaticMasterReplicaConfiguration configuration = new RedisStaticMasterReplicaConfiguration("m", 6379);
		configuration.addNode("r", 6380);
		assertThat(address(configuration)).isEqualTo("master and replicas m:6379,r:6380");
	}

	@Test
	void showsSocket() {
		assertThat(address(new RedisSocketConfiguration("/run/redis.sock"))).isEqualTo("/run/redis.sock");
	}

	@Test
	void showsTheKindOfFactoryWhenItTellsNoAddress() {
		RedisConnectionFactory factory = mock(RedisConnectionFactory.class);
		assertThat(RedisAddress.of(factory)).isEqualTo(factory.getClass().getName());
	}

	private static String address(RedisConfiguration configuration) {
		return RedisAddress.of(new LettuceConnectionFactory(configuration));
	}

}
