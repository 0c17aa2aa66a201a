package io.github.sseredis.contract;

import io.github.sseredis.test.RedisVersion;

class SentinelOn70IT extends SentinelContract {

	@Override
	RedisVersion version() {
		return RedisVersion.V7_0;
	}

}
