package io.github.sseredis.contract;

import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.WithRedis;
import org.junit.jupiter.api.BeforeEach;

@WithRedis
class RedisBroadcasterIT extends BroadcasterContract {

	private RedisServer redis;

	private String prefix;

	@BeforeEach
	void newPrefix(RedisServer server) {
		this.redis = server;
		this.prefix = RedisExtension.newPrefix();
	}

	@Override
	Instance.Builder instance() {
		return Instance.redis(this.redis, this.prefix);
	}

	@Override
	boolean reachesOtherInstances() {
		return true;
	}

}
