package io.github.sseredis.redis;

import java.util.List;

import io.github.sseredis.redis.RedisPartition.PublishAnswer;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisVersion;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the scripts do when Redis, or what they find in it, does not let them. */
abstract class ScriptRefusalsContract extends ScriptContract {

	ScriptRefusalsContract(RedisVersion version) {
		super(version);
	}

	@Test
	void failsOneEventAndNoOtherWhenItsKeysAreOfAnotherType() {
		redis("SET", "log:bad", "x");
		redis("SET", "topic:worse", "x");
		redis("LPUSH", "idem:1:a:ak", "x");
		redis("SET", "idem:1:b:ak", "no ID");
		PublishAnswer answer = publish(null, event("good", "1", null), event("bad", "2", null),
				event("worse", "3", null), event("a", "4", "k"), event("b", "5", "k"), event("good", "6", null));
		assertThat(answer.results().get(1)).startsWith("!").contains("WRONGTYPE");
		assertThat(answer.results().get(2)).startsWith("!").contains("WRONGTYPE");
		assertThat(answer.results().get(3)).startsWith("!").contains("WRONGTYPE");
		assertThat(answer.results().get(4)).startsWith("!").contains("does not hold the ID");
		assertThat(recent()).containsExactly("1=1", "2=6");
		assertThat(redis("GET", "log:bad")).isEqualTo("x");
	}

	@Test
	void goesOnWhenStreamsAreAheadOfThePosition() {
		publish("a", "1");
		redis("XADD", "log:a", "50", "p", "1", "f", "x");
		redis("XADD", "recent", "50", "t", "a", "f", "x");
		assertThat(publish("a", "2").sequence()).isEqualTo(2);
		assertThat(redis("XLEN", "log:a")).isEqualTo(1L);
		assertThat(previous("a", 2)).isEqualTo("-");
		assertThat(recent()).containsExactly("2=2");
	}

	@Test
	void goesOnWhenRecentWasDeletedOrIsOfAnotherType() {
		publish("a", "1");
		redis("DEL", "recent");
		publish("a", "2");
		assertThat(recent()).containsExactly("2=2");
		redis("DEL", "recent");
		redis("SET", "recent", "x");
		assertThat(recent()).isEmpty();
		publish("a", "3");
		assertThat(recent()).containsExactly("3=3");
		assertThat(previous("a", 3)).isEqualTo("2");
	}

	@Test
	void refusesKeysOfAnotherLayout() {
		publish("a", "1");
		RedisPartition other = new RedisPartition(connections(), node().partitions(2).options(), 0);
		assertThatThrownBy(() -> other.check(null)).rootCause().hasMessageContaining("SSELAYOUT 1 1");
		redis("HSET", "seq", "format", "2");
		assertThatThrownBy(() -> publish("a", "2")).rootCause().hasMessageContaining("SSELAYOUT 2 1");
		assertThat(redis("XLEN", "recent")).isEqualTo(1L);
	}

	@Test
	void touchesNoPartitionWhenTheFirstIsOfAnotherLayout() {
		publish("a", "1");
		RedisPartition other = new RedisPartition(connections(), node().partitions(2).options(), 1);
		assertThatThrownBy(() -> other.check(null)).rootCause().hasMessageContaining("SSELAYOUT");
		assertThat(resp().command("EXISTS", this.prefix + "{1}:seq")).isEqualTo(0L);
		resp().command("DEL", this.prefix + "{0}:seq");
		assertThat(other.check(null).sequence()).isZero();
		assertThatThrownBy(() -> publish("a", "2")).rootCause().hasMessageContaining("SSELAYOUT 1 2");
	}

	@Test
	void loadsScriptsAgainWhenTheyWereFlushed() {
		publish("a", "1");
		resp().command("SCRIPT", "FLUSH");
		assertThat(publish("a", "2").sequence()).isEqualTo(2);
		resp().command("SCRIPT", "FLUSH");
		assertThat(this.partition.check(null).sequence()).isEqualTo(2);
		assertThat(recent()).hasSize(2);
	}

	@Test
	void isRefusedBeforeAnythingIsWrittenWhenRedisIsOutOfMemory() {
		publish("a", "1");
		resp().command("CONFIG", "SET", "maxmemory", "1");
		try {
			assertThatThrownBy(() -> publish("a", "2")).satisfies((ex) -> {
				RedisFailure failure = RedisFailure.of(ex);
				assertThat(failure.kind()).isEqualTo(RedisFailure.Kind.OUT_OF_MEMORY);
				assertThat(failure.isOutcomeUnknown()).isFalse();
			});
			assertThat(recent()).containsExactly("1=1");
			assertThat(redis("XLEN", "log:a")).isEqualTo(1L);
			assertThat(redis("HGET", "seq", "seq")).isEqualTo("1");
			this.prefix = RedisExtension.newPrefix();
			RedisPartition fresh = partition(1000);
			PublishCall call = new PublishCall("me", 1, 1, List.of(event("a", "1", null)));
			assertThatThrownBy(() -> fresh.publish(() -> call, null))
				.matches((ex) -> RedisFailure.of(ex).kind() == RedisFailure.Kind.OUT_OF_MEMORY);
			assertThat((List<?>) resp().command("KEYS", this.prefix + "*")).isEmpty();
		}
		finally {
			resp().command("CONFIG", "SET", "maxmemory", "0");
		}
	}

	@Test
	void isRefusedBeforeAnythingIsWrittenWhenRedisIsAReplica() {
		publish("a", "1");
		resp().command("REPLICAOF", "127.0.0.1", "1");
		try {
			assertThatThrownBy(() -> publish("a", "2")).satisfies((ex) -> {
				RedisFailure failure = RedisFailure.of(ex);
				assertThat(failure.kind()).isEqualTo(RedisFailure.Kind.READ_ONLY);
				assertThat(failure.isOutcomeUnknown()).isFalse();
			});
			assertThat(this.partition.check(null).sequence()).isEqualTo(1);
		}
		finally {
			resp().command("REPLICAOF", "NO", "ONE");
		}
	}

}
