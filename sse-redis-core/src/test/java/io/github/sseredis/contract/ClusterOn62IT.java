package io.github.sseredis.contract;

import io.github.sseredis.test.RedisVersion;

class ClusterOn62IT extends ClusterContract {

	@Override
	RedisVersion version() {
		return RedisVersion.V6_2;
	}

}
