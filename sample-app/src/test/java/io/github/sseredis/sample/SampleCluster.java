package io.github.sseredis.sample;

import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import org.jspecify.annotations.Nullable;

/** Two instances that share a database and Redis; started once for all test classes. */
public record SampleCluster(RedisServer redis, String prefix, SampleInstance a, SampleInstance b) {

	private static @Nullable SampleCluster shared;

	public static synchronized SampleCluster shared() {
		if (shared == null) {
			RedisServer redis = RedisServer.shared();
			String prefix = RedisExtension.newPrefix();
			shared = new SampleCluster(redis, prefix, SampleInstance.start("A", redis, prefix),
					SampleInstance.start("B", redis, prefix));
		}
		return shared;
	}

	/** Starts one more instance, which the test closes. */
	public SampleInstance startThird() {
		return SampleInstance.start("C", this.redis, this.prefix);
	}

}
