package io.github.sseredis.contract;

import io.github.sseredis.test.RedisVersion;

class SentinelOn62IT extends SentinelContract {

	@Override
	RedisVersion version() {
		return RedisVersion.V6_2;
	}

}
