package io.github.sseredis.redis;

import org.junit.jupiter.api.Tag;

import io.github.sseredis.test.RedisVersion;

@Tag("checker")
class ScriptsOn62IT extends ScriptContract {

	@Override
	RedisVersion version() {
		return RedisVersion.V6_2;
	}

}
