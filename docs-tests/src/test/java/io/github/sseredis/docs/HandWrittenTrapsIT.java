package io.github.sseredis.docs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.SseBlock;
import io.github.sseredis.test.StreamEnd;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;

/** That what docs/migrating.md calls traps are traps: what comes before is run too. */
class HandWrittenTrapsIT {

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	/** Of the designs as they are; their tests have users of their own. */
	private static final Map<String, Host> HOSTS = new HashMap<>();

	private final List<AutoCloseable> open = new ArrayList<>();

	@AfterEach
	void closeAll() throws Exception {
		for (AutoCloseable resource : this.open) {
			resource.close();
		}
	}

	@AfterAll
	static void stop() {
		HOSTS.values().forEach(Host::close);
		HOSTS.clear();
	}

	@Test
	void notificationThatTheDatabaseRefusesIsPushedAllTheSame() {
		Host host = shared("notifications");
		RawSseClient tab = open(host.stream("/notifications/stream", "ben"));
		tab.awaitEvents(1);
		host.post("/close", "backer=ben&message=funded");
		host.post("/close", "backer=ben&message=funded");
		tab.awaitEvents(3);
		assertThat(tab.data().subList(1, 3)).allMatch((data) -> data.contains("funded"));
		assertThat(tab.events()).extracting(SseBlock::id).containsOnly("ben");
	}

	@Test
	void secondTabTakesWhatIsForTheFirstAndLosesItWhenTheFirstEnds() {
		Host host = shared("notifications");
		Map<String, SseEmitter> emitters = map(host, "emitterRepository", "emitters");
		RawSseClient first = open(host.stream("/notifications/stream", "kim"));
		first.awaitEvents(1);
		SseEmitter emitterOfFirst = Objects.requireNonNull(emitters.get("kim"));
		RawSseClient second = open(host.stream("/notifications/stream", "kim"));
		second.awaitEvents(1);
		publish(host, "notification:kim", "funded");
		second.awaitEvents(3);
		assertThat(second.data()).containsExactly("connected", "funded", "funded");
		assertThat(first.data()).containsExactly("connected");
		emitterOfFirst.complete();
		await().until(() -> !emitters.containsKey("kim"));
		assertThat(second.end()).isEqualTo(StreamEnd.NONE);
	}

	@Test
	void nobodyListensForAUserWhoIsAwaySoWhatIsPublishedThenIsLost() {
		Host host = shared("notifications");
		Map<String, SseEmitter> emitters = map(host, "emitterRepository", "emitters");
		open(host.stream("/notifications/stream", "lee")).awaitEvents(1);
		assertThat(publish(host, "notification:lee", "seen")).isOne();
		Objects.requireNonNull(emitters.get("lee")).complete();
		await().until(() -> publish(host, "notification:lee", "missed") == 0);
		RawSseClient back = open(host.stream("/notifications/stream", "lee", "Last-Event-ID", "lee"));
		back.awaitEvents(1);
		publish(host, "notification:lee", "live");
		back.awaitEvents(2);
		assertThat(back.data()).containsExactly("connected", "live");
	}

	@Test
	void eachMessageForAClientThatDoesNotReadKeepsAThread() {
		Host host = shared("notifications");
		open(RawSseClient.to(host.address().resolve("/notifications/stream"))
			.header("X-User", "sam")
			.receiveBuffer(4096)
			.stall()
			.open());
		String large = "x".repeat(1 << 20);
		await().until(() -> publish(host, "notification:sam", large) == 1);
		for (int i = 0; i < 16; i++) {
			publish(host, "notification:sam", large);
		}
		await().until(() -> Thread.getAllStackTraces()
			.values()
			.stream()
			.filter((stack) -> Arrays.stream(stack)
				.anyMatch((frame) -> frame.getClassName().endsWith(".SseEmitter")
						&& frame.getMethodName().equals("send")))
			.count() >= 5);
	}

	@Test
	void orderRingsAtAnotherMartAndShutdownWaitsForOpenStreams() {
		Host host = host("alerts", "server.shutdown=graceful", "spring.lifecycle.timeout-per-shutdown-phase=2s");
		RawSseClient other = open(host.stream("/marts/70/stream", "owner"));
		other.awaitEvents(1);
		host.post("/pay", "martId=7&orderId=3");
		other.awaitEvents(2);
		assertThat(other.data()).containsExactly("connected", "3");
		long begin = System.nanoTime();
		host.close();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void closedPageStaysUntilAnOrderCannotBeSentAndMissesTheOrdersUntilItIsBack() {
		Host host = shared("alerts");
		Map<String, SseEmitter> emitters = map(host, "emitterStore", "emitters");
		RawSseClient page = host.stream("/marts/8/stream", "owner");
		page.awaitEvents(1);
		page.reset();
		await().during(Duration.ofMillis(500)).until(() -> emitters.size() == 1);
		RawSseClient witness = open(host.stream("/marts/8/stream", "owner"));
		witness.awaitEvents(1);
		host.post("/pay", "martId=8&orderId=1");
		witness.awaitEvents(2);
		await().until(() -> {
			host.post("/pay", "martId=8&orderId=2");
			return emitters.size() == 1;
		});
		RawSseClient back = open(host.stream("/marts/8/stream", "owner"));
		back.awaitEvents(1);
		host.post("/pay", "martId=8&orderId=3");
		back.awaitBlock((block) -> "3".equals(block.data()), Duration.ofSeconds(30));
		assertThat(back.data()).startsWith("connected").doesNotContain("1");
	}

	@Test
	void missedNotificationIsNotInTheCacheAndAnotherUserReceivesIt() {
		Host host = shared("cache");
		RawSseClient other = open(host.stream("/subscribe", "10"));
		other.awaitEvents(1);
		host.post("/send", "userId=1&text=for user 1");
		other.awaitEvents(2);
		assertThat(other.data()).endsWith("for user 1");
		RawSseClient otherAgain = open(host.stream("/subscribe", "10", "Last-Event-ID", "10_0"));
		otherAgain.awaitEvents(2);
		assertThat(otherAgain.data()).endsWith("for user 1");
		host.post("/send", "userId=2&text=missed");
		RawSseClient late = open(host.stream("/subscribe", "2", "Last-Event-ID", "2_0"));
		late.awaitEvents(1);
		host.post("/send", "userId=2&text=live");
		late.awaitEvents(2);
		assertThat(late.data()).endsWith("live").doesNotContain("missed");
	}

	@Test
	void cacheHasOneEventOfEachEmitterForEverAndOnItsServerAlone() {
		Host host = shared("cache");
		RawSseClient seen = open(host.stream("/subscribe", "3"));
		seen.awaitEvents(1);
		host.post("/send", "userId=3&text=first");
		host.post("/send", "userId=3&text=second");
		seen.awaitEvents(3);
		assertThat(seen.events()).extracting(SseBlock::id).allMatch((id) -> id.matches("3_[0-9]{13}"));
		seen.reset();
		Map<String, Object> cache = map(host, "emitterRepository", "eventCache");
		await().until(() -> {
			// Finds out that the client has left.
			host.post("/send", "userId=3&text=third");
			return map(host, "emitterRepository", "emitters").keySet().stream().noneMatch((key) -> key.startsWith("3"));
		});
		assertThat(cache.entrySet().stream().filter((entry) -> entry.getKey().startsWith("3"))).singleElement()
			.satisfies((entry) -> assertThat(entry.getValue()).isEqualTo("third"));
		Host another = host("cache");
		RawSseClient elsewhere = open(another.stream("/subscribe", "3", "Last-Event-ID", "3_0"));
		elsewhere.awaitEvents(1);
		another.post("/send", "userId=3&text=live");
		elsewhere.awaitEvents(2);
		assertThat(elsewhere.data()).satisfiesExactly((data) -> assertThat(data).contains("Created"),
				(data) -> assertThat(data).isEqualTo("live"));
	}

	@Test
	void openStreamsUseUpTheConnectionsToTheDatabase() {
		Host host = host("progress", "spring.datasource.hikari.maximum-pool-size=2",
				"spring.datasource.hikari.connection-timeout=3000");
		for (int i = 0; i < 2; i++) {
			open(host.stream("/encoding/stream", "ann@example.com")).awaitEvents(1);
		}
		assertThat(open(host.stream("/encoding/stream", "ann@example.com")).status()).isEqualTo(500);
	}

	@Test
	void progressThatIsRolledBackIsSentAndToAnAddressThatBeginsAlikeButToNoOtherServer() {
		Host host = shared("progress");
		RawSseClient author = open(host.stream("/encoding/stream", "kim@example.com"));
		RawSseClient other = open(host.stream("/encoding/stream", "kim@example.com.au"));
		Host another = host("progress");
		RawSseClient elsewhere = open(another.stream("/encoding/stream", "kim@example.com"));
		for (RawSseClient client : List.of(author, other, elsewhere)) {
			client.awaitEvents(1);
		}
		String id = host.post("/videos", "author=kim@example.com");
		// Refused by the database at the commit.
		host.post("/advance", "id=" + id + "&percent=200");
		for (RawSseClient client : List.of(author, other)) {
			client.awaitEvents(2);
			assertThat(client.data().get(1)).contains("\"percent\":200");
		}
		another.post("/advance", "id=" + id + "&percent=10");
		elsewhere.awaitEvents(2);
		assertThat(elsewhere.data().get(1)).contains("\"percent\":10,");
	}

	@Test
	void streamThatTimesOutBeforeItsFirstEventIsAnsweredWith503() {
		Host host = open(Host.of(Silent.class).withoutDatabase().withoutSecurity().with("sse.enabled=false").start());
		assertThat(open(RawSseClient.open(host.address().resolve("/silent"))).awaitHeaders().status()).isEqualTo(503);
	}

	private static Host shared(String design) {
		return HOSTS.computeIfAbsent(design, HandWrittenTrapsIT::start);
	}

	private Host host(String design, String... properties) {
		return open(start(design, properties));
	}

	private static Host start(String design, String... properties) {
		return HandWrittenDesign.host(design, "before")
			.redis(redis)
			.with("sse.enabled=false", "sse.timeout=60000", "sse.reconnect-time=3000", "server.shutdown=immediate")
			.with(properties)
			.start();
	}

	/** What a bean of a design keeps. */
	@SuppressWarnings("unchecked")
	private static <V> Map<String, V> map(Host host, String bean, String field) {
		return (Map<String, V>) Objects
			.requireNonNull(ReflectionTestUtils.getField(host.context().getBean(bean), field));
	}

	/** Publishes as the batch does, and returns how many instances were listening. */
	private static long publish(Host host, String channel, String text) {
		return Objects.requireNonNull(host.context().getBean(StringRedisTemplate.class).convertAndSend(channel, text));
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

	private <T extends AutoCloseable> T open(T resource) {
		this.open.add(0, resource);
		return resource;
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Silent {

		@GetMapping("/silent")
		SseEmitter stream() {
			return new SseEmitter(100L);
		}

	}

}
