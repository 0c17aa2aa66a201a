package io.github.sseredis.contract;

import java.util.List;
import java.util.Set;

import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisSentinels;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.RedisVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The contract on a group with Sentinel; each subclass gives a version of Redis. */
@Tag("full")
@TestInstance(Lifecycle.PER_CLASS)
abstract class SentinelContract {

	private RedisSentinels group;

	abstract RedisVersion version();

	@BeforeAll
	void startGroup() {
		this.group = RedisSentinels.start(version());
	}

	@AfterAll
	void stopGroup() {
		if (this.group != null) {
			this.group.close();
		}
	}

	private LettuceConnectionFactory driver() {
		return new LettuceConnectionFactory(
				new RedisSentinelConfiguration(RedisSentinels.MASTER, Set.copyOf(this.group.addresses())));
	}

	@Nested
	class Contract extends BroadcasterContract {

		private final String prefix = RedisExtension.newPrefix();

		@Override
		Instance.Builder instance() {
			return Instance.redis(SentinelContract.this::driver, this.prefix);
		}

		@Override
		boolean reachesOtherInstances() {
			return true;
		}

	}

	@Nested
	class Replay extends ReplayContract {

		@Override
		Instance.Builder instance(String prefix) {
			return Instance.redis(SentinelContract.this::driver, prefix);
		}

		@Override
		List<RedisServer> servers(String key) {
			return List.of(SentinelContract.this.group.master());
		}

	}

}
