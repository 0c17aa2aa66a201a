package io.github.sseredis.test;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("full")
class RedisSentinelsIT {

	@ParameterizedTest
	@ValueSource(strings = { "6.2", "7.0" })
	void anotherServerIsTheMasterWhenItHandsOverOrIsGone(String version) {
		try (RedisSentinels group = RedisSentinels.start(RedisVersion.parse(version))) {
			assertThat(group.master().version()).isEqualTo(RedisVersion.parse(version));
			RedisServer first = group.master();
			group.failOver();
			RedisServer second = group.master();
			assertThat(second).isNotSameAs(first);
			second.command("SET", "key", "kept");
			second.command("WAIT", "2", "5000");
			assertThat(group.killMaster()).isSameAs(second);
			group.awaitOtherMaster(second);
			assertThat(group.master().command("GET", "key")).isEqualTo("kept");
		}
	}

}
