package io.github.sseredis.sample;

import java.util.ArrayList;
import java.util.List;

import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import org.jspecify.annotations.Nullable;

/** Two instances that share a database and Redis. */
public record SampleCluster(List<String> properties, SampleInstance a, SampleInstance b) implements AutoCloseable {

	private static @Nullable SampleCluster shared;

	/** On H2 in memory; started once for all test classes. */
	public static synchronized SampleCluster shared() {
		if (shared == null) {
			shared = start("spring.datasource.url=jdbc:h2:mem:shared;DB_CLOSE_DELAY=-1");
		}
		return shared;
	}

	/** Starts instances with properties that tell where the database is. */
	static SampleCluster start(String... database) {
		RedisServer redis = RedisServer.shared();
		List<String> properties = new ArrayList<>(List.of(database));
		properties.add("spring.data.redis.host=" + redis.host());
		properties.add("spring.data.redis.port=" + redis.port());
		properties.add("sse.channel-prefix=" + RedisExtension.newPrefix());
		return new SampleCluster(properties, SampleInstance.start("A", properties),
				SampleInstance.start("B", properties));
	}

	/** Starts one more instance, which the test closes. */
	public SampleInstance startThird() {
		return SampleInstance.start("C", this.properties);
	}

	@Override
	public void close() {
		this.a.close();
		this.b.close();
	}

}
