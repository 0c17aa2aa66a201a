package io.github.sseredis.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.sseredis.EncodedEvent;
import io.github.sseredis.log.Position;
import io.github.sseredis.redis.RedisPartition.PublishAnswer;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisOptions;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.RedisVersion;
import io.github.sseredis.test.Resp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** A Redis of each version for tests of the scripts, and what they do with it. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ScriptContract {

	private final RedisVersion version;

	private RedisServer redis;

	private Resp resp;

	private LettuceConnectionFactory connections;

	String prefix;

	RedisPartition partition;

	long attempts;

	ScriptContract(RedisVersion version) {
		this.version = version;
	}

	@BeforeAll
	void startRedis() {
		this.redis = RedisServer.start(RedisOptions.create().version(this.version));
		this.resp = this.redis.resp();
		this.connections = Node.on(this.redis, "").lettuce();
		assertThat(this.redis.version()).isEqualTo(this.version);
	}

	@AfterAll
	void stopRedis() {
		// Not there if this machine has no Redis of the version.
		if (this.redis != null) {
			this.connections.destroy();
			this.resp.close();
			this.redis.close();
		}
	}

	@BeforeEach
	void newPrefix() {
		this.prefix = RedisExtension.newPrefix();
		this.partition = partition(RedisLayout.RECENT_BYTES);
	}

	final RedisPartition partition(long recentBytes) {
		return new RedisPartition(this.connections, node().history(5, 20, Duration.ofHours(1)).options(), 0,
				recentBytes);
	}

	final Node.Builder node() {
		return Node.on(this.redis, this.prefix);
	}

	final LettuceConnectionFactory connections() {
		return this.connections;
	}

	final Resp resp() {
		return this.resp;
	}

	final PublishAnswer publish(@Nullable Position position, PendingEvent... events) {
		return publish(++this.attempts, position, events);
	}

	final PublishAnswer publish(long firstAttempt, @Nullable Position position, PendingEvent... events) {
		PublishCall call = new PublishCall("me", this.attempts, firstAttempt, List.of(events));
		return this.partition.publish(() -> call, position);
	}

	final Position publish(String topic, String data) {
		PublishAnswer answer = publish(null, event(topic, data, null));
		return position(answer.results().get(0));
	}

	static Position position(String result) {
		Position position = RedisPosition.parse(result);
		assertThat(position).as(result).isNotNull();
		return position;
	}

	static PendingEvent event(String topic, String data, @Nullable String applicationKey) {
		return Events.pending(new EncodedEvent(topic, data.getBytes(StandardCharsets.UTF_8), applicationKey));
	}

	final @Nullable Object redis(String command, String key, String... arguments) {
		List<String> words = new ArrayList<>(List.of(command, this.prefix + "{0}:" + key));
		words.addAll(Arrays.asList(arguments));
		return this.resp.command(words.toArray(new String[0]));
	}

	final List<String> recent() {
		return this.partition.recent(null, 1, Position.MAX_SEQUENCE, 1000)
			.events()
			.stream()
			.map((event) -> event.sequence() + "=" + new String(event.fields(), StandardCharsets.UTF_8))
			.toList();
	}

	final String previous(String topic, long sequence) {
		List<?> entries = (List<?>) redis("XRANGE", "log:" + topic, "" + sequence, "" + sequence);
		return String.valueOf(((List<?>) ((List<?>) entries.get(0)).get(1)).get(1));
	}

}
