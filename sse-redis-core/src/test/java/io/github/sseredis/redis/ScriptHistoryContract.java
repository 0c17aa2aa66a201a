package io.github.sseredis.redis;

import java.util.List;
import java.util.stream.IntStream;

import io.github.sseredis.test.RedisVersion;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is read of recent events and of a topic, and when it is proven to be all. */
abstract class ScriptHistoryContract extends ScriptContract {

	ScriptHistoryContract(RedisVersion version) {
		super(version);
	}

	@Test
	void cutsPagesOfRecentByBytes() {
		String data = "x".repeat(300_000);
		IntStream.range(0, 20).forEach((i) -> publish("t" + i, data));
		assertThat(this.partition.recent(null, 1, 20, 100).events()).hasSize(10);
		List<Numbered> backwards = this.partition.recentBackwards(null, 20, 100).events();
		assertThat(backwards).hasSize(10);
		assertThat(backwards.get(0).sequence()).isEqualTo(20);
		assertThat(backwards.get(9).sequence()).isEqualTo(11);
	}

	@Test
	void pagesOfRecentGoOnOverSeveralSteps() {
		IntStream.range(0, 20).forEach((i) -> publish("t" + i, "" + i));
		assertThat(this.partition.recent(null, 3, 18, 15).events()).extracting(Numbered::sequence)
			.containsExactlyElementsOf(IntStream.rangeClosed(3, 17).mapToObj(Long::valueOf).toList());
		assertThat(this.partition.recentBackwards(null, 18, 15).events()).extracting(Numbered::sequence)
			.containsExactlyElementsOf(IntStream.rangeClosed(0, 14).mapToObj((i) -> 18L - i).toList());
	}

	@Test
	void provesNothingAboutATopicWhenItsHashWasDeleted() {
		publish("a", "1");
		publish("a", "2");
		redis("DEL", "topic:a");
		publish("a", "3");
		assertThat(previous("a", 3)).isEqualTo("-");
		assertThat(redis("XLEN", "log:a")).isEqualTo(1L);
		publish("a", "4");
		assertThat(previous("a", 4)).isEqualTo("3");
		assertThat(recent()).hasSize(4);
	}

	@Test
	void deletesTheLogOfATopicWhenItIsOfOtherNumbers() {
		publish("a", "1");
		redis("HSET", "topic:a", "born", "another");
		publish("a", "2");
		assertThat(previous("a", 2)).isEqualTo("-");
		assertThat(redis("XLEN", "log:a")).isEqualTo(1L);
	}

	@Test
	void provesTheHistoryOfATopicByItsChain() {
		publish("a", "1");
		publish("b", "2");
		publish("a", "3");
		publish("b", "4");
		redis("DEL", "recent");
		HistoryAnswer answer = this.partition.history(null, "a", 1);
		assertThat(answer.isProven()).isTrue();
		assertThat(answer.number()).isEqualTo(4);
		assertThat(answer.events()).extracting(Numbered::sequence).containsExactly(3L);
		redis("XDEL", "log:a", "1-0");
		assertThat(this.partition.history(null, "a", 0).isProven()).isFalse();
		redis("DEL", "topic:a");
		assertThat(this.partition.history(null, "a", 1).isProven()).isFalse();
	}

	@Test
	void provesTheHistoryOfATopicByWhatIsRecent() {
		publish("a", "1");
		publish("b", "2");
		publish("a", "3");
		redis("DEL", "topic:a");
		redis("XADD", "recent", "50", "t", "a", "f", "of no number that was given");
		HistoryAnswer answer = this.partition.history(null, "a", 0);
		assertThat(answer.isProven()).isTrue();
		assertThat(answer.number()).isEqualTo(3);
		assertThat(answer.events()).extracting(Numbered::sequence).containsExactly(1L, 3L);
	}

	@Test
	void provesNothingByRecentEventsBeyondAHole() {
		IntStream.range(0, 4).forEach((i) -> publish("a", "" + i));
		redis("DEL", "topic:a");
		redis("XDEL", "recent", "3-0");
		HistoryAnswer answer = this.partition.history(null, "a", 1);
		assertThat(answer.isProven()).isTrue();
		assertThat(answer.number()).isEqualTo(2);
		assertThat(this.partition.history(null, "a", 2).isProven()).isFalse();
		assertThat(this.partition.history(null, "a", 3).number()).isEqualTo(4);
	}

	@Test
	void provesNothingAndDoesNotFailWhenKeysAreOfAnotherType() {
		publish("a", "1");
		publish("a", "2");
		for (String key : List.of("recent", "log:a", "topic:a")) {
			redis("DEL", key);
			redis("SET", key, "x");
			HistoryAnswer answer = this.partition.history(null, "a", 1);
			assertThat(answer.isProven()).as(key).isEqualTo(key.equals("recent"));
		}
	}

	@Test
	void cutsPagesOfHistoryByBytes() {
		String data = "x".repeat(400_000);
		IntStream.range(0, 5).forEach((i) -> publish("a", data));
		HistoryAnswer answer = this.partition.history(null, "a", 1);
		assertThat(answer.isProven()).isTrue();
		assertThat(answer.events()).hasSize(3);
		assertThat(answer.number()).isEqualTo(4);
	}

}
