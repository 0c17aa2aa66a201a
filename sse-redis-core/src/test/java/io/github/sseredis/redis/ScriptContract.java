package io.github.sseredis.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.sseredis.EncodedEvent;
import io.github.sseredis.log.Position;
import io.github.sseredis.redis.RedisPartition.PublishAnswer;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.RedisVersion;
import io.github.sseredis.test.Resp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the scripts do with whatever they find in Redis; for each version of it. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ScriptContract {

	private RedisServer redis;

	private Resp resp;

	private LettuceConnectionFactory connections;

	private String prefix;

	private RedisPartition partition;

	private long attempts;

	abstract RedisVersion version();

	@BeforeAll
	void startRedis() {
		this.redis = RedisServer.start(io.github.sseredis.test.RedisOptions.create().version(version()));
		this.resp = this.redis.resp();
		this.connections = Node.on(this.redis, "").lettuce();
		assertThat(this.redis.version()).isEqualTo(version());
	}

	@AfterAll
	void stopRedis() {
		this.connections.destroy();
		this.resp.close();
		this.redis.close();
	}

	@BeforeEach
	void newPrefix() {
		this.prefix = RedisExtension.newPrefix();
		this.partition = partition(RedisLayout.RECENT_BYTES);
	}

	private RedisPartition partition(long recentBytes) {
		return new RedisPartition(this.connections,
				Node.on(this.redis, this.prefix).history(5, 20, Duration.ofHours(1)).options(), 0, recentBytes);
	}

	private PublishAnswer publish(@Nullable Position position, PendingEvent... events) {
		return publish(++this.attempts, position, events);
	}

	private PublishAnswer publish(long firstAttempt, @Nullable Position position, PendingEvent... events) {
		return this.partition.publish(new PublishCall("me", this.attempts, firstAttempt, List.of(events)), position);
	}

	private Position publish(String topic, String data) {
		PublishAnswer answer = publish(null, event(topic, data, null));
		return position(answer.results().get(0));
	}

	private static Position position(String result) {
		Position position = RedisPosition.parse(result);
		assertThat(position).as(result).isNotNull();
		return position;
	}

	private PendingEvent event(String topic, String data, @Nullable String applicationKey) {
		return Events.pending(new EncodedEvent(topic, data.getBytes(StandardCharsets.UTF_8), applicationKey));
	}

	private @Nullable Object redis(String command, String key, String... arguments) {
		List<String> words = new ArrayList<>(List.of(command, this.prefix + "{0}:" + key));
		words.addAll(Arrays.asList(arguments));
		return this.resp.command(words.toArray(new String[0]));
	}

	private List<String> recent() {
		return this.partition.recent(null, 1, Position.MAX_SEQUENCE, 1000)
			.events()
			.stream()
			.map((event) -> event.sequence() + "=" + new String(event.fields(), StandardCharsets.UTF_8))
			.toList();
	}

	private String previous(String topic, long sequence) {
		List<?> entries = (List<?>) redis("XRANGE", "log:" + topic, "" + sequence, "" + sequence);
		return String.valueOf(((List<?>) ((List<?>) entries.get(0)).get(1)).get(1));
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
	void publishesOnceWhenTheSameCallComesAgain() {
		PendingEvent[] events = { event("a", "1", null), event("b", "2", "k"), event("a", "3", null) };
		List<String> first = publish(null, events).results();
		long firstAttempt = this.attempts;
		assertThat(publish(firstAttempt, null, events).results()).as("by the driver").isEqualTo(first);
		this.attempts++;
		assertThat(publish(firstAttempt, null, events[0], events[2]).results()).as("by the sender, without one")
			.containsExactly(first.get(0), first.get(2));
		assertThat(recent()).containsExactly("1=1", "2=2", "3=3");
		assertThat((List<?>) this.resp.command("KEYS", this.prefix + "{0}:idem:*")).hasSize(1);
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

	@Test
	void refusesKeysOfAnotherLayout() {
		publish("a", "1");
		RedisPartition other = new RedisPartition(this.connections,
				Node.on(this.redis, this.prefix).partitions(2).options(), 0);
		assertThatThrownBy(() -> other.check(null)).rootCause().hasMessageContaining("SSELAYOUT 1 1");
		redis("HSET", "seq", "format", "2");
		assertThatThrownBy(() -> publish("a", "2")).rootCause().hasMessageContaining("SSELAYOUT 2 1");
		assertThat(redis("XLEN", "recent")).isEqualTo(1L);
	}

	@Test
	void touchesNoPartitionWhenTheFirstIsOfAnotherLayout() {
		publish("a", "1");
		RedisPartition other = new RedisPartition(this.connections,
				Node.on(this.redis, this.prefix).partitions(2).options(), 1);
		assertThatThrownBy(() -> other.check(null)).rootCause().hasMessageContaining("SSELAYOUT");
		assertThat(this.resp.command("EXISTS", this.prefix + "{1}:seq")).isEqualTo(0L);
		this.resp.command("DEL", this.prefix + "{0}:seq");
		assertThat(other.check(null).sequence()).isZero();
		assertThatThrownBy(() -> publish("a", "2")).rootCause().hasMessageContaining("SSELAYOUT 1 2");
	}

	@Test
	void loadsScriptsAgainWhenTheyWereFlushed() {
		publish("a", "1");
		this.resp.command("SCRIPT", "FLUSH");
		assertThat(publish("a", "2").sequence()).isEqualTo(2);
		this.resp.command("SCRIPT", "FLUSH");
		assertThat(this.partition.check(null).sequence()).isEqualTo(2);
		assertThat(recent()).hasSize(2);
	}

	@Test
	void isRefusedBeforeAnythingIsWrittenWhenRedisIsOutOfMemory() {
		publish("a", "1");
		this.resp.command("CONFIG", "SET", "maxmemory", "1");
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
			assertThatThrownBy(() -> fresh.publish(new PublishCall("me", 1, 1, List.of(event("a", "1", null))), null))
				.matches((ex) -> RedisFailure.of(ex).kind() == RedisFailure.Kind.OUT_OF_MEMORY);
			assertThat((List<?>) this.resp.command("KEYS", this.prefix + "*")).isEmpty();
		}
		finally {
			this.resp.command("CONFIG", "SET", "maxmemory", "0");
		}
	}

	@Test
	void isRefusedBeforeAnythingIsWrittenWhenRedisIsAReplica() {
		publish("a", "1");
		this.resp.command("REPLICAOF", "127.0.0.1", "1");
		try {
			assertThatThrownBy(() -> publish("a", "2")).satisfies((ex) -> {
				RedisFailure failure = RedisFailure.of(ex);
				assertThat(failure.kind()).isEqualTo(RedisFailure.Kind.READ_ONLY);
				assertThat(failure.isOutcomeUnknown()).isFalse();
			});
			assertThat(this.partition.check(null).sequence()).isEqualTo(1);
		}
		finally {
			this.resp.command("REPLICAOF", "NO", "ONE");
		}
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
