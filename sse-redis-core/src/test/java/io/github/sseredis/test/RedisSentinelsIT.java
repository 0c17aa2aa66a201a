package io.github.sseredis.test;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("full")
class RedisSentinelsIT {

	@Test
	void anotherServerIsTheMasterWhenItHandsOverOrIsGone() {
		try (RedisSentinels group = RedisSentinels.start(RedisVersion.V7_0)) {
			assertThat(group.master().version()).isEqualTo(RedisVersion.V7_0);
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
