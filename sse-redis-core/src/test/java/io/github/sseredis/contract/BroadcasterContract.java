package io.github.sseredis.contract;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.sseredis.BroadcastException;
import io.github.sseredis.EventId;
import io.github.sseredis.SseEvent;
import io.github.sseredis.test.SseTestClient;
import io.github.sseredis.test.SseTestEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

/** The contract of a broadcaster and the streams it feeds; each subclass gives one. */
@Tag("contract")
abstract class BroadcasterContract {

	private final List<AutoCloseable> open = new ArrayList<>();

	/** Starts an instance; all of one test share what the broadcaster shares. */
	abstract Instance.Builder instance();

	/** Whether instances other than the publishing one receive events. */
	abstract boolean reachesOtherInstances();

	/** The ordering domains of what the broadcaster shares. */
	int partitions() {
		return 1;
	}

	/** Names topics of one ordering domain. */
	String[] topicsInOrder(int count) {
		return PartitionTopics.of(partitions(), partitions() - 1, "ordered:").limit(count).toArray(String[]::new);
	}

	Instance start() {
		return start(instance());
	}

	Instance start(Instance.Builder builder) {
		Instance instance = builder.start();
		this.open.add(instance);
		await().until(() -> !instance.log().lastEventId().equals(EventId.NONE));
		return instance;
	}

	SseTestClient client(URI uri) {
		return keep(SseTestClient.open(uri)).awaitOpen();
	}

	SseTestClient resume(URI uri, String lastEventId) {
		return keep(SseTestClient.to(uri).lastEventId(lastEventId).open()).awaitOpen();
	}

	private SseTestClient keep(SseTestClient client) {
		this.open.add(client);
		return client;
	}

	static EventId sent(CompletableFuture<EventId> future) {
		try {
			return future.get(20, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new AssertionError("Not published", ex);
		}
	}

	@AfterEach
	void closeAll() throws Exception {
		for (AutoCloseable each : this.open.stream().sorted((a, b) -> a instanceof Instance ? 1 : -1).toList()) {
			each.close();
		}
	}

	@Test
	void eventReachesAClientWithTypeDataAndId() {
		Instance instance = start();
		SseTestClient client = client(instance.stream("a"));
		EventId id = sent(instance.broadcaster().broadcast("a", SseEvent.of("greeting", "hello")));
		SseTestEvent event = client.awaitEvents(1).get(0);
		assertThat(event.type()).isEqualTo("greeting");
		assertThat(event.data()).isEqualTo("hello");
		assertThat(event.id()).isEqualTo(id.toString());
	}

	@Test
	void eventPublishedOnOneInstanceReachesAClientOfAnother() {
		if (!reachesOtherInstances()) {
			return;
		}
		Instance publisher = start();
		Instance server = start();
		SseTestClient client = client(server.stream("a"));
		sent(publisher.broadcaster().broadcast("a", "over"));
		assertThat(client.awaitEvents(1).get(0).data()).isEqualTo("over");
	}

	@Test
	void topicsAreMatchedExactly() {
		Instance instance = start();
		SseTestClient one = client(instance.stream("user:1"));
		SseTestClient ten = client(instance.stream("user:10"));
		sent(instance.broadcaster().broadcast("user:10", "for 10"));
		sent(instance.broadcaster().broadcast("user:1", "for 1"));
		assertThat(one.awaitEvents(1).get(0).data()).isEqualTo("for 1");
		assertThat(ten.awaitEvents(1).get(0).data()).isEqualTo("for 10");
	}

	@Test
	void bothTabsOfAUserReceiveEachEvent() {
		Instance instance = start();
		SseTestClient first = client(instance.stream("user:1"));
		SseTestClient second = client(instance.stream("user:1"));
		sent(instance.broadcaster().broadcast("user:1", "both"));
		assertThat(first.awaitEvents(1).get(0).data()).isEqualTo("both");
		assertThat(second.awaitEvents(1).get(0).data()).isEqualTo("both");
	}

	@Test
	void eventsOfSeveralTopicsArriveInTheOrderOfPublishing() {
		Instance instance = start();
		String[] topics = topicsInOrder(3);
		SseTestClient client = client(instance.stream(topics));
		List<String> expected = new ArrayList<>();
		CompletableFuture<?> last = CompletableFuture.completedFuture(null);
		for (int i = 0; i < 300; i++) {
			String data = "event " + i;
			expected.add(data);
			last = instance.broadcaster().broadcast(topics[i % 3], data);
		}
		last.join();
		client.awaitEvents(300);
		assertThat(client.data()).isEqualTo(expected);
	}

	@Test
	void resumesAfterTheLastEventTheClientHasSeen() {
		Instance instance = start();
		SseTestClient first = client(instance.stream("a"));
		sent(instance.broadcaster().broadcast("a", "1"));
		String seen = String.valueOf(first.awaitEvents(1).get(0).id());
		first.close();
		sent(instance.broadcaster().broadcast("a", "2"));
		sent(instance.broadcaster().broadcast("b", "not mine"));
		sent(instance.broadcaster().broadcast("a", "3"));
		SseTestClient second = resume(instance.stream("a"), seen);
		sent(instance.broadcaster().broadcast("a", "4"));
		second.awaitEvents(3);
		assertThat(second.data()).containsExactly("2", "3", "4");
	}

	@Test
	void resumesFromAnIdInTheQueryWhenThereIsNoHeader() {
		Instance instance = start();
		EventId before = instance.broadcaster().lastEventId();
		sent(instance.broadcaster().broadcast("a", "1"));
		for (String name : List.of("lastEventId", "last-event-id")) {
			SseTestClient client = client(URI.create(instance.stream("a") + "&" + name + "=" + before));
			assertThat(client.awaitEvents(1).get(0).data()).isEqualTo("1");
		}
	}

	@Test
	void listAndStreamHaveNoHoleWhenTheIdIsTakenBeforeTheQuery() {
		Instance instance = start();
		EventId id = instance.broadcaster().lastEventId();
		List<String> list = IntStream.range(0, 5).mapToObj((i) -> {
			sent(instance.broadcaster().broadcast("a", "event " + i));
			return "event " + i;
		}).toList();
		SseTestClient client = resume(instance.stream("a"), id.toString());
		client.awaitEvents(5);
		assertThat(client.data()).isEqualTo(list);
	}

	@Test
	void resetComesFirstWhenTheIdIsMalformed() {
		Instance instance = start();
		String[] topics = topicsInOrder(2);
		SseTestClient client = resume(instance.stream(topics), "not/an/id");
		SseTestEvent reset = client.awaitEvents(1).get(0);
		assertThat(reset.type()).isEqualTo("reset");
		assertThat(reset.data()).contains("\"reason\":\"malformed\"")
			.contains('"' + topics[0] + '"')
			.contains('"' + topics[1] + '"');
		sent(instance.broadcaster().broadcast(topics[0], "next"));
		assertThat(client.awaitEvents(2).get(1).data()).isEqualTo("next");
	}

	@Test
	void resetComesFirstWhenTheIdIsOfAnotherEpoch() {
		Instance instance = start();
		String foreign = partitions() == 1 ? "XXXXXXX5"
				: partitions() + "XXXXXXX5" + ".XXXXXXX5".repeat(partitions() - 1);
		SseTestClient client = resume(instance.stream("a"), foreign);
		assertThat(client.awaitEvents(1).get(0).data()).contains("\"reason\":\"unknown-epoch\"");
		assertThat(resume(instance.stream("a"), "0").awaitEvents(1).get(0).data()).contains("unknown-epoch");
	}

	@Test
	void resumesFromTheIdOfAReset() {
		Instance instance = start();
		String id = String.valueOf(resume(instance.stream("a"), "nonsense!").awaitEvents(1).get(0).id());
		sent(instance.broadcaster().broadcast("a", "after"));
		assertThat(resume(instance.stream("a"), id).awaitEvents(1).get(0).data()).isEqualTo("after");
	}

	@Test
	void koreanTextAndAllLineBreaksArriveWhole() {
		Instance instance = start();
		SseTestClient client = client(instance.stream("알림"));
		sent(instance.broadcaster().broadcast("알림", "주문이 결제되었습니다 🛒"));
		sent(instance.broadcaster().broadcast("알림", "a\nb\r\nc\rd\n"));
		sent(instance.broadcaster().broadcast("알림", " leading space"));
		sent(instance.broadcaster().broadcast("알림", ""));
		client.awaitEvents(4);
		assertThat(client.data()).containsExactly("주문이 결제되었습니다 🛒", "a\nb\nc\nd\n", " leading space", "");
	}

	@Test
	void sameIdempotencyKeyIsTakenOnceForATopic() {
		Instance instance = start();
		String[] topics = topicsInOrder(2);
		SseTestClient client = client(instance.stream(topics));
		SseEvent event = SseEvent.builder().data("once").idempotencyKey("k1").build();
		EventId first = sent(instance.broadcaster().broadcast(topics[0], event));
		EventId second = sent(instance.broadcaster().broadcast(topics[0], event));
		EventId other = sent(instance.broadcaster().broadcast(topics[1], event));
		sent(instance.broadcaster().broadcast(topics[0], "end"));
		assertThat(second).isEqualTo(first);
		assertThat(other).isNotEqualTo(first);
		client.awaitEvents(3);
		assertThat(client.data()).containsExactly("once", "once", "end");
	}

	@Test
	void wrongInputFailsTheFutureAndLosesNothing() {
		Instance instance = start();
		SseTestClient client = client(instance.stream("a"));
		assertNotSent(instance.broadcaster().broadcast(" ", "x"), "blank");
		assertNotSent(instance.broadcaster().broadcast("x".repeat(256), "x"), "255 bytes");
		assertNotSent(instance.broadcaster().broadcast("한".repeat(86), "x"), "255 bytes");
		assertNotSent(instance.broadcaster().broadcast("a\nb", "x"), "control character");
		assertNotSent(instance.broadcaster().broadcast("$control", "x"), "'$'");
		assertNotSent(instance.broadcaster().broadcast("a", "x".repeat(256 * 1024 + 1)), "sse.limits.payload");
		assertNotSent(instance.broadcaster().broadcast("a", new Object()), "java.lang.Object");
		assertNotSent(instance.broadcaster().broadcast("a", "lone \ud800 surrogate"), "surrogate");
		assertNotSent(instance.broadcaster().broadcast("a", SseEvent.of("a\nb", "x")), "LF");
		assertThatNullPointerException().isThrownBy(() -> instance.broadcaster().broadcast("a", (Object) null));
		sent(instance.broadcaster().broadcast("a", "y".repeat(256 * 1024)));
		assertThat(client.awaitEvents(1).get(0).data()).hasSize(256 * 1024);
	}

	private static void assertNotSent(CompletableFuture<EventId> future, String message) {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> future.get(20, TimeUnit.SECONDS))
			.havingCause()
			.isInstanceOfSatisfying(BroadcastException.class,
					(ex) -> assertThat(ex.outcome()).isEqualTo(BroadcastException.Outcome.NOT_SENT))
			.withMessageContaining("not sent")
			.withMessageContaining(message);
	}

	@Test
	void initialEventsComeFirstAndWithoutAnIdOfTheirOwn() {
		Instance instance = start();
		sent(instance.broadcaster().broadcast("a", "before"));
		SseTestClient client = client(URI.create(instance.stream("a") + "&initial=snapshot"));
		sent(instance.broadcaster().broadcast("a", "after"));
		client.awaitEvents(2);
		assertThat(client.data()).containsExactly("snapshot", "after");
	}

	@Test
	void disconnectEndsAllStreamsOfAPrincipalOnEveryInstance() {
		Instance one = start();
		Instance two = reachesOtherInstances() ? start() : one;
		SseTestClient here = client(URI.create(one.stream("a") + "&user=jin"));
		SseTestClient there = client(URI.create(two.stream("a") + "&user=jin"));
		SseTestClient other = client(URI.create(two.stream("a") + "&user=jina"));
		one.registry().disconnect("jin").join();
		here.awaitClosing(Duration.ofSeconds(20));
		there.awaitClosing(Duration.ofSeconds(20));
		sent(one.broadcaster().broadcast("a", "still"));
		assertThat(other.awaitEvents(1).get(0).data()).isEqualTo("still");
	}

	@Test
	void closedClientLeavesTheRegistryAfterAHeartbeatOrTwo() {
		Instance instance = start(instance().options((o) -> o.heartbeatInterval(Duration.ofMillis(300))));
		SseTestClient client = client(instance.stream("a"));
		await().until(() -> instance.registry().connectionCount() == 1);
		client.close();
		// What one takes on a busy machine; by default the next would come after 15 s.
		await().atMost(Duration.ofSeconds(5)).until(() -> instance.registry().connectionCount() == 0);
		assertThat(instance.registry().connectionCount("a")).isZero();
	}

}
