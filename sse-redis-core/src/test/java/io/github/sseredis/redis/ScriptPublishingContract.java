package io.github.sseredis.redis;

import java.util.List;
import java.util.stream.IntStream;

import io.github.sseredis.EncodedEvent;
import io.github.sseredis.log.Position;
import io.github.sseredis.redis.RedisPartition.PublishAnswer;
import io.github.sseredis.test.RedisVersion;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the publish script stores: each event once, numbered, chained and bounded. */
abstract class ScriptPublishingContract extends ScriptContract {

	ScriptPublishingContract(RedisVersion version) {
		super(version);
	}

	@Test
	void numbersEventsAndChainsThoseOfATopic() {
		List<Position> positions = List.of(publish("a", "1"), publish("b", "2"), publish("a", "3"));
		assertThat(positions).extracting(Position::sequence).containsExactly(1L, 2L, 3L);
		assertThat(previous("a", 1)).isEqualTo("-");
		assertThat(previous("a", 3)).isEqualTo("1");
		assertThat(recent()).containsExactly("1=1", "2=2", "3=3");
		assertThat(this.partition.check(null).sequence()).isEqualTo(3);
	}

	@Test
	void keepsAndAnswersEachEventOfACallInOrder() {
		PublishAnswer answer = publish(null,
				IntStream.range(0, 64).mapToObj((i) -> event("t" + i, "" + i, null)).toArray(PendingEvent[]::new));
		assertThat(answer.results()).extracting((result) -> position(result).sequence())
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 64).mapToObj(Long::valueOf).toList());
	}

	@Test
	void trimsAndExpiresWhatItKeeps() {
		IntStream.range(0, 30).forEach((i) -> publish("a", "" + i));
		assertThat(redis("XLEN", "log:a")).isEqualTo(5L);
		assertThat(redis("XLEN", "recent")).isEqualTo(20L);
		assertThat((Long) redis("PTTL", "log:a")).isBetween(3_500_000L, 3_600_000L);
		assertThat((Long) redis("PTTL", "recent")).isBetween(3_500_000L, 3_600_000L);
		assertThat((Long) redis("TTL", "topic:a")).isBetween(600_000L, 604_800L);
		assertThat((Long) redis("TTL", "sender:me")).isBetween(86_000L, 86_400L);
		assertThat(redis("TTL", "seq")).isEqualTo(-1L);
	}

	@Test
	void boundsRecentInBytesWithoutHolesWhenEventsAreLarge() {
		// By number there is room for 20 of any size.
		this.partition = partition(20_000);
		String data = "x".repeat(3000);
		for (int i = 1; i <= 40; i++) {
			publish("t" + i, data);
			List<Numbered> left = this.partition.recent(null, 1, 1000, 1000).events();
			assertThat(left).hasSizeBetween(Math.min(i, 7), 9);
			assertThat(left.get(left.size() - 1).sequence()).isEqualTo(i);
			assertThat(left.get(0).sequence()).isEqualTo(i - left.size() + 1);
		}
		publish("large", "x".repeat(100_000));
		assertThat(this.partition.recent(null, 1, 1000, 1000).events()).extracting(Numbered::topic)
			.containsExactly("large");
	}

	@Test
	void publishesOnceWhenTheSameCallComesAgain() {
		PendingEvent[] events = { event("a", "1", null), event("b", "2", "k"), event("a", "3", null) };
		List<String> first = publish(null, events).results();
		long firstAttempt = this.attempts;
		assertThat(publish(firstAttempt, null, events).results()).as("by the driver").isEqualTo(first);
		this.attempts++;
		assertThat(publish(firstAttempt, null, events[0], events[2]).results()).as("by the sender, without one")
			.containsExactly(first.get(0), first.get(2));
		assertThat(recent()).containsExactly("1=1", "2=2", "3=3");
		assertThat((List<?>) resp().command("KEYS", this.prefix + "{0}:idem:*")).hasSize(1);
	}

	@Test
	void publishesWhatIsNewWhenAnAttemptFoundOnlyAPartOfTheCall() {
		redis("SET", "log:bad", "x");
		PendingEvent bad = event("bad", "2", null);
		List<String> first = publish(null, event("a", "1", null), bad).results();
		assertThat(first.get(1)).startsWith("!");
		long firstAttempt = this.attempts;
		redis("DEL", "log:bad");
		this.attempts++;
		assertThat(position(publish(firstAttempt, null, bad).results().get(0)).sequence()).isEqualTo(2);
	}

	@Test
	void publishesOnceWhenTheApplicationUsesAKeyAgain() {
		PublishAnswer answer = publish(null, event("a", "1", "k"), event("a", "2", "k"), event("b", "3", "k"),
				event("a", "4", null));
		assertThat(answer.results()).extracting((result) -> position(result).sequence())
			.containsExactly(1L, 1L, 2L, 3L);
		assertThat(publish(null, event("a", "5", "k")).results()).containsExactly(answer.results().get(0));
		assertThat(recent()).containsExactly("1=1", "2=3", "3=4");
	}

	@Test
	void keysOfTheApplicationAreApartWhateverTheyContain() {
		publish(null, event("a", "1", "b:c"), event("a:b", "2", "c"), event("a", "3", "me-1"));
		assertThat(recent()).containsExactly("1=1", "2=2", "3=3");
	}

	@Test
	void refusesAnAttemptThatWasHeldUpWhenALaterOneHasBeenThere() {
		publish("a", "1");
		this.attempts += 10;
		publish("a", "2");
		this.attempts -= 5;
		assertThatThrownBy(() -> publish("a", "late")).rootCause().hasMessageContaining("SSELATE");
		assertThat(recent()).containsExactly("1=1", "2=2");
	}

	@Test
	void keepsPayloadsAndTopicsByteForByte() {
		byte[] bytes = new byte[256];
		IntStream.range(0, 256).forEach((i) -> bytes[i] = (byte) i);
		String topic = "ünïcödé {x} }y{ \u2028 \uD83D\uDE00 \" ' \\ %s";
		publish(null, Events.pending(new EncodedEvent(topic, bytes, "k{}\u0000\r\n")));
		Numbered event = this.partition.recent(null, 1, 1, 1).events().get(0);
		assertThat(event.topic()).isEqualTo(topic);
		assertThat(event.fields()).isEqualTo(bytes);
	}

	@Test
	void countsOnWithoutAnExponentWhenNumbersAreLarge() {
		String epoch = publish("a", "1").epoch();
		redis("HSET", "seq", "seq", "99999999999990");
		Position position = publish("a", "2");
		assertThat(position).isEqualTo(new Position(epoch, 99_999_999_999_991L));
		assertThat(previous("a", 99_999_999_999_991L)).isEqualTo("1");
		assertThat(this.partition.check(position).sequence()).isEqualTo(99_999_999_999_991L);
		assertThat(this.partition.recentBackwards(null, 99_999_999_999_991L, 1).events().get(0).sequence())
			.isEqualTo(99_999_999_999_991L);
	}

}
