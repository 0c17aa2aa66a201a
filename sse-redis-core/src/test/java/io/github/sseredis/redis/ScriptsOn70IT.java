package io.github.sseredis.redis;

import io.github.sseredis.test.RedisVersion;
import org.junit.jupiter.api.Nested;

class ScriptsOn70IT {

	@Nested
	class Publishing extends ScriptPublishingContract {

		Publishing() {
			super(RedisVersion.V7_0);
		}

	}

	@Nested
	class Epochs extends ScriptEpochsContract {

		Epochs() {
			super(RedisVersion.V7_0);
		}

	}

	@Nested
	class Refusals extends ScriptRefusalsContract {

		Refusals() {
			super(RedisVersion.V7_0);
		}

	}

	@Nested
	class History extends ScriptHistoryContract {

		History() {
			super(RedisVersion.V7_0);
		}

	}

}
