package io.github.sseredis.contract;

import io.github.sseredis.test.RedisVersion;

class ClusterOn70IT extends ClusterContract {

	@Override
	RedisVersion version() {
		return RedisVersion.V7_0;
	}

}
