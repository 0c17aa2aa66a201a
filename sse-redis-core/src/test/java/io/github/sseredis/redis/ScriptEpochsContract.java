package io.github.sseredis.redis;

import java.util.List;

import io.github.sseredis.log.Position;
import io.github.sseredis.redis.RedisPartition.PublishAnswer;
import io.github.sseredis.test.RedisVersion;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When a new epoch begins, and what it contains of the one before. */
abstract class ScriptEpochsContract extends ScriptContract {

	ScriptEpochsContract(RedisVersion version) {
		super(version);
	}

	@Test
	void beginsAnewWhenThePositionWasDeleted() {
		Position before = publish("a", "1");
		publish("a", "2");
		redis("DEL", "seq");
		Position after = publish("a", "3");
		assertThat(after.epoch()).isNotEqualTo(before.epoch());
		assertThat(after.sequence()).isEqualTo(1);
		assertThat(this.partition.check(after).was()).isNull();
		assertThat(recent()).containsExactly("1=3");
		assertThat(redis("XLEN", "log:a")).isEqualTo(1L);
		assertThat(previous("a", 1)).isEqualTo("-");
		assertThat(publish("a", "4").sequence()).isEqualTo(2);
		assertThat(previous("a", 2)).isEqualTo("1");
	}

	@Test
	void beginsAnewWhenAFieldOfThePositionWasDeleted() {
		String before = publish("a", "1").epoch();
		for (String field : List.of("seq", "born", "epoch")) {
			redis("HDEL", "seq", field);
			Position after = publish("a", field);
			assertThat(after.sequence()).isEqualTo(1);
			assertThat(after.epoch()).isNotEqualTo(before);
		}
	}

	@Test
	void continuesInANewEpochWhenTheServerIsAnother() {
		Position before = publish("a", "1");
		redis("HSET", "seq", "run", "another");
		RedisPosition after = this.partition.check(before);
		assertThat(after.epoch()).isNotEqualTo(before.epoch());
		assertThat(after.sequence()).isEqualTo(1);
		assertThat(after.was()).isEqualTo(before);
		assertThat(this.partition.check(before)).isEqualTo(after);
		assertThat(previous("a", publish("a", "2").sequence())).isEqualTo("1");
	}

	@Test
	void beginsAnEpochThatContainsNothingWhenTheCallerHasSeenMore() {
		Position before = publish("a", "1");
		PublishAnswer answer = publish(new Position(before.epoch(), 7), event("a", "2", null));
		assertThat(answer.epoch()).isNotEqualTo(before.epoch());
		assertThat(position(answer.results().get(0)).sequence()).isEqualTo(2);
		assertThat(this.partition.check(null).was()).isNull();
		assertThat(this.partition.check(new Position("another", 99)).epoch()).isEqualTo(answer.epoch());
	}

}
