package io.github.sseredis.contract;

import java.util.List;

import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.WithRedis;

@WithRedis
class ReplayIT extends ReplayContract {

	private final RedisServer redis;

	ReplayIT(RedisServer redis) {
		this.redis = redis;
	}

	@Override
	Instance.Builder instance(String prefix) {
		return Instance.redis(this.redis, prefix);
	}

	@Override
	List<RedisServer> servers(String key) {
		return List.of(this.redis);
	}

}
