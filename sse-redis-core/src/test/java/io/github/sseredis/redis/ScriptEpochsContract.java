package io.github.sseredis.redis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.sseredis.log.Position;
import io.github.sseredis.redis.RedisPartition.PublishAnswer;
import io.github.sseredis.test.RedisVersion;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisConnection;

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
		assertThat(this.partition.check(after).was()).isEmpty();
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
		assertThat(after.was()).containsExactly(before);
		assertThat(this.partition.check(before)).isEqualTo(after);
		assertThat(previous("a", publish("a", "2").sequence())).isEqualTo("1");
	}

	@Test
	void beginsAnEpochThatContainsNothingWhenTheCallerHasSeenMore() {
		Position before = publish("a", "1");
		PublishAnswer answer = publish(new Position(before.epoch(), 7), event("a", "2", null));
		assertThat(answer.epoch()).isNotEqualTo(before.epoch());
		assertThat(position(answer.results().get(0)).sequence()).isEqualTo(2);
		assertThat(this.partition.check(null).was()).isEmpty();
		assertThat(this.partition.check(new Position("another", 99)).epoch()).isEqualTo(answer.epoch());
	}

	@Test
	void remembersSeveralEpochsThatItContains() {
		List<Position> before = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			before.add(0, publish("a", "" + i));
			redis("HSET", "seq", "run", "another");
		}
		RedisPosition after = this.partition.check(null);
		assertThat(after.was()).isEqualTo(before.subList(0, 8));
		assertThat(after.lineage().contains(before.get(7))).isTrue();
		assertThat(after.lineage().contains(before.get(8))).isFalse();
		redis("HSET", "seq", "seq", "3");
		assertThat(this.partition.check(new Position(after.epoch(), after.sequence())).was()).isEmpty();
	}

	// Drivers repeat a call after a connection was lost.
	@Test
	void beginsAnotherEpochWhenTheSameCallBeginsOneAgain() {
		RedisLayout layout = new RedisLayout(this.prefix, 0);
		byte[][] call = Stream
			.concat(Stream.of(layout.seq(), layout.recent()),
					Stream.of("1", "1", "test", "zZ9aA01", "", "0", "").map(RedisLayout::utf8))
			.toArray(byte[][]::new);
		Set<String> epochs = new HashSet<>();
		for (int i = 0; i < 20; i++) {
			try (RedisConnection connection = connections().getConnection()) {
				String epoch = RedisLayout.text((byte[]) Script.load("check.lua").run(connection, 2, call).get(0));
				assertThat(Position.isEpoch(epoch)).as(epoch).isTrue();
				epochs.add(epoch);
			}
			redis("DEL", "seq");
		}
		assertThat(epochs).hasSize(20);
	}

}
