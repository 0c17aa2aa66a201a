package io.github.sseredis.redis;

import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisOptions;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.RedisVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a Redis user must be granted, and what is said when it is not. */
@ExtendWith(OutputCaptureExtension.class)
class PermissionsIT {

	/** The least that is needed. */
	private static final String COMMANDS = "-@all +eval +evalsha +hmget +hset +get +set +del +xadd +xtrim +xrange "
			+ "+xrevrange +pexpire +publish +subscribe +unsubscribe +ping";

	private final String prefix = RedisExtension.newPrefix();

	private RedisServer start(String version, String rules) {
		return RedisServer.start(RedisOptions.create()
			.version(RedisVersion.parse(version))
			.acl("user default on nopass ~* resetchannels &* +@all",
					"user app on >pw ~" + this.prefix + "* resetchannels " + rules));
	}

	private Node node(RedisServer redis) {
		return Node.on(redis, this.prefix).redis((standalone) -> {
			standalone.setUsername("app");
			standalone.setPassword("pw");
		}).start();
	}

	@ParameterizedTest
	@ValueSource(strings = { "6.2", "7.0" })
	void worksWithTheLeastThatIsDocumented(String version) {
		try (RedisServer redis = start(version, "&" + this.prefix + "* " + COMMANDS + " +info");
				Node node = node(redis)) {
			await().until(() -> node.hasPosition() && node.subscription.isSubscribed());
			Recorder recorder = node.record("a");
			node.published("a", "1");
			redis.command("HSET", this.prefix + "{0}:seq", "run", "another");
			node.published("a", "2");
			assertThat(recorder.awaitLast("2")).containsExactly("1", "2");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "6.2", "7.0" })
	void doesWithoutInfo(String version) {
		try (RedisServer redis = start(version, "&" + this.prefix + "* " + COMMANDS); Node node = node(redis)) {
			await().until(() -> node.hasPosition() && node.subscription.isSubscribed());
			Recorder recorder = node.record("a");
			node.published("a", "1");
			recorder.awaitLast("1");
			assertThat(redis.command("HGET", this.prefix + "{0}:seq", "run")).isEqualTo("");
			// A restart goes unnoticed, a loss does not.
			redis.command("HSET", this.prefix + "{0}:seq", "seq", "0");
			await().until(() -> recorder.resets() == 1);
			node.published("a", "2");
			assertThat(recorder.awaitLast("2")).endsWith("2");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "6.2", "7.0" })
	void storesAndServesWithoutChannels(String version, CapturedOutput output) {
		try (RedisServer redis = start(version, COMMANDS + " +info"); Node node = node(redis)) {
			node.published("a", "1");
			await().until(() -> node.hasPosition() && node.subscription.isFailing());
			Recorder recorder = node.record("a");
			node.published("a", "2");
			recorder.awaitLast("2");
			assertThat(redis.command("XLEN", this.prefix + "{0}:recent")).isEqualTo(2L);
			assertThat(output.toString()).containsOnlyOnce("Events are stored but instances are not told")
				.containsOnlyOnce("No events are received from Redis")
				.contains("&" + this.prefix + "*");
			redis.command("ACL", "SETUSER", "app", "&" + this.prefix + "*");
			await().until(node.subscription::isSubscribed);
			node.published("a", "3");
			recorder.awaitLast("3");
			assertThat(output.toString()).contains("Events reach the channel again");
			assertThat(node.subscription.reopenings()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "6.2", "7.0" })
	void damagesNothingWhenACommandIsMissing(String version, CapturedOutput output) {
		try (RedisServer redis = start(version, "&" + this.prefix + "* " + COMMANDS + " +info");
				Node node = node(redis)) {
			await().until(() -> node.hasPosition() && node.subscription.isSubscribed());
			Recorder recorder = node.record("a");
			node.published("a", "1");
			recorder.awaitLast("1");
			redis.command("ACL", "SETUSER", "app", "-xadd");
			var refused = node.publish("a", "2");
			await().until(() -> node.broadcaster.failure().contains("grant the user"));
			assertThat(redis.command("XLEN", this.prefix + "{0}:recent")).isEqualTo(1L);
			assertThat(redis.command("XLEN", this.prefix + "{0}:log:a")).isEqualTo(1L);
			redis.command("ACL", "SETUSER", "app", "+xadd");
			Node.published(refused);
			node.published("a", "3");
			assertThat(recorder.awaitLast("3")).containsExactly("1", "2", "3");
			assertThat(node.subscription.unrepairedHoles()).isZero();
			assertThat(output.toString().lines().filter((line) -> line.contains("Events cannot be published")))
				.hasSize(1);
		}
	}

}
