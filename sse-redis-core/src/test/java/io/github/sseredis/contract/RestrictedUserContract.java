package io.github.sseredis.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.sseredis.EventEncoder;
import io.github.sseredis.redis.RedisBroadcaster;
import io.github.sseredis.redis.RedisOptions;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.RedisVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The contract as a Redis user with exactly the rights that the documents name, on
 * database 1, while another application publishes to the same topics under the same
 * prefix on database 0; each subclass gives a version of Redis.
 */
abstract class RestrictedUserContract extends BroadcasterContract {

	private static final Pattern RULES = Pattern.compile("(?s)\nuser sse on >password (.+?)\n```");

	private static final List<String> TOPICS = List.of("a", "b", "user:1", "user:10", "알림", "ordered:0", "ordered:1",
			"ordered:2");

	private final String prefix = RedisExtension.newPrefix();

	private final List<Instance> instances = new ArrayList<>();

	private final ScheduledThreadPoolExecutor neighbourly = new ScheduledThreadPoolExecutor(1);

	private RedisServer redis;

	private LettuceConnectionFactory neighbourConnections;

	private RedisBroadcaster neighbour;

	abstract RedisVersion version();

	@BeforeEach
	void startRedisAndNeighbour() throws IOException {
		this.redis = RedisServer.start(io.github.sseredis.test.RedisOptions.create()
			.version(version())
			.acl("user default on nopass ~* resetchannels &* +@all", "user sse on >password " + rules() + " +select"));
		this.neighbourConnections = new LettuceConnectionFactory(this.redis.host(), this.redis.port());
		this.neighbourConnections.afterPropertiesSet();
		this.neighbourConnections.start();
		this.neighbour = new RedisBroadcaster(this.neighbourConnections,
				new RedisOptions(this.prefix, 1, "neighbour", new RedisOptions.History(10, 10, Duration.ofHours(1)),
						new RedisOptions.Publish(1024 * 1024, Duration.ofSeconds(30), Duration.ofMinutes(10))),
				new EventEncoder(String::valueOf, 0), null);
		this.neighbour.start();
		this.neighbourly.scheduleWithFixedDelay(
				() -> TOPICS.forEach((topic) -> this.neighbour.broadcast(topic, "of the neighbour")), 0, 5,
				TimeUnit.MILLISECONDS);
	}

	/** What the documents say, for the prefix of this test. */
	private String rules() throws IOException {
		Path document = Path.of("..", "docs", "delivery.md");
		Matcher matcher = RULES.matcher(Files.readString(document, StandardCharsets.UTF_8));
		assertThat(matcher.find()).isTrue();
		return matcher.group(1).replaceAll("\\s+", " ").replace("sse:shop:", this.prefix);
	}

	@Override
	Instance.Builder instance() {
		return Instance.redis(() -> {
			RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration(this.redis.host(),
					this.redis.port());
			configuration.setDatabase(1);
			configuration.setUsername("sse");
			configuration.setPassword("password");
			return new LettuceConnectionFactory(configuration);
		}, this.prefix);
	}

	@Override
	Instance start(Instance.Builder builder) {
		Instance instance = super.start(builder);
		this.instances.add(instance);
		return instance;
	}

	@Override
	boolean reachesOtherInstances() {
		return true;
	}

	@AfterEach
	void dropsAndCountsWhatTheNeighbourPublished() {
		try {
			assertThat(this.instances).isNotEmpty().allSatisfy((instance) -> {
				long earlier = instance.subscription().foreignMessages();
				await().until(() -> instance.subscription().foreignMessages() > earlier);
				assertThat(instance.subscription().failure()).isEmpty();
				assertThat(instance.subscription().malformedMessages()).isZero();
			});
		}
		finally {
			this.neighbourly.shutdownNow();
			this.neighbour.stop();
			this.neighbourConnections.destroy();
		}
	}

	@Override
	void closeAll() throws Exception {
		super.closeAll();
		this.redis.close();
	}

}
