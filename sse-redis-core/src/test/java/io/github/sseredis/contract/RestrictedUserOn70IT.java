package io.github.sseredis.contract;

import io.github.sseredis.test.RedisVersion;
import org.junit.jupiter.api.Tag;

@Tag("full")
class RestrictedUserOn70IT extends RestrictedUserContract {

	@Override
	RedisVersion version() {
		return RedisVersion.V7_0;
	}

}
