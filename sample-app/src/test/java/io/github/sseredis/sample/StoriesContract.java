package io.github.sseredis.sample;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import io.github.sseredis.test.ReceivedEvent;
import io.github.sseredis.test.SseClient;
import jakarta.persistence.EntityManagerFactory;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** The stories, over two instances; each subclass gives the database they share. */
abstract class StoriesContract {

	private static final String QUIET = "quiet";

	private static final Executor THREADS = (task) -> new Thread(task).start();

	private final SampleInstance a;

	private final SampleInstance b;

	StoriesContract(SampleCluster cluster) {
		this.a = cluster.a();
		this.b = cluster.b();
	}

	@Test
	void orderReachesItsMartOnAnotherInstanceAndNobodyElse() {
		try (SseClient mart = quietStream(this.b, "mart-7"); SseClient customer = quietStream(this.b, "customer-1")) {
			this.a.order(70, "for another mart");
			int id = this.a.order(7, "떡볶이");
			ReceivedEvent event = mart.awaitEvent("order");
			assertThat(JsonPath.<Integer>read(event.data(), "$.id")).isEqualTo(id);
			assertThat(JsonPath.<String>read(event.data(), "$.item")).isEqualTo("떡볶이");
			assertThat(JsonPath.<List<Object>>read(this.b.get("mart-7", "/api/orders?martId=7").body(), "$.orders"))
				.contains(JsonPath.<Object>read(event.data(), "$"));
			assertThat(typesUntilAnnouncement(customer)).isEmpty();
			assertThat(typesUntilAnnouncement(mart)).containsExactly("order");
		}
	}

	@Test
	void wrongOrderPushesNothing() {
		try (SseClient mart = quietStream(this.a, "mart-7")) {
			assertThat(this.a.post("customer-1", "/api/orders", """
					{"martId": 7, "item": " ", "quantity": 0}""").statusCode()).isEqualTo(400);
			assertThat(typesUntilAnnouncement(mart)).isEmpty();
		}
	}

	@Test
	void streamGoesOnWhereTheListEnded() {
		int first = this.a.order(7, "in the list");
		String body = this.b.get("mart-7", "/api/orders?martId=7").body();
		int second = this.a.order(7, "between list and stream");
		try (SseClient mart = this.b.stream("mart-7", JsonPath.read(body, "$.lastEventId"))) {
			int third = this.a.order(7, "in the stream");
			mart.awaitEvent((event) -> event.data().contains("in the stream"));
			assertThat(orderIds(body)).contains(first).doesNotContain(second);
			// The list may overlap with the stream, but nothing may be in neither.
			assertThat(ids(mart)).endsWith(second, third);
		}
	}

	@Test
	void listAndStreamHaveNoHoleWhileOrdersArePlaced() {
		CompletableFuture<List<Integer>> placing = CompletableFuture
			.supplyAsync(() -> IntStream.rangeClosed(1, 40).mapToObj((i) -> this.a.order(7, "order " + i)).toList());
		int before = orderIds(this.b.get("mart-7", "/api/orders?martId=7").body()).stream().findFirst().orElse(0);
		String body = await().until(() -> this.b.get("mart-7", "/api/orders?martId=7").body(),
				(list) -> orderIds(list).stream().filter((id) -> id > before).count() >= 10);
		try (SseClient mart = this.a.stream("mart-7", JsonPath.read(body, "$.lastEventId"))) {
			List<Integer> placed = placing.join();
			awaitAnnouncement(this.a, mart, "the end");
			Set<Integer> seen = new TreeSet<>(orderIds(body));
			seen.addAll(ids(mart));
			assertThat(seen).containsAll(placed);
		}
	}

	@Test
	void campaignThatClosesNotifiesEachBackerOnceOnEveryTab() {
		try (SseClient tab = quietStream(this.a, "customer-1");
				SseClient otherTab = quietStream(this.b, "customer-1");
				SseClient admin = this.b.stream("admin")) {
			int unread = unread("customer-1");
			assertThat(this.a.post("admin", "/api/campaigns/1/close", null).statusCode()).isEqualTo(202);
			// Again, here and elsewhere, while the batch is running: nobody is told
			// twice,
			// and that all are told is still told.
			for (int i = 0; i < 5; i++) {
				this.b.post("admin", "/api/campaigns/1/close", null);
				this.a.post("admin", "/api/campaigns/1/close", null);
			}
			for (SseClient client : List.of(tab, otherTab)) {
				ReceivedEvent event = client.awaitEvent("notification");
				assertThat(JsonPath.<String>read(event.data(), "$.notification.message")).contains("lamp");
				assertThat(JsonPath.<Integer>read(event.data(), "$.unread.count")).isEqualTo(unread + 1);
			}
			admin.awaitEvent((event) -> event.type().equals("campaign") && isDone(event, 1));
			assertThat(typesUntilAnnouncement(tab)).containsExactly("notification");
			assertThat(unread("customer-1")).isEqualTo(unread + 1);
		}
	}

	@Test
	void campaignThatIsClosedAtTheSameMomentIsClosedOnceForAll() {
		try (SseClient admin = this.b.stream("admin")) {
			List<CompletableFuture<HttpResponse<String>>> closings = Stream
				.of(this.a, this.b, this.a, this.b, this.a, this.b)
				.map((instance) -> CompletableFuture
					.supplyAsync(() -> instance.post("admin", "/api/campaigns/10/close", null), THREADS))
				.toList();
			assertThat(closings).extracting((closing) -> closing.join().statusCode()).containsOnly(202);
			assertThat(closings).extracting((closing) -> JsonPath.<String>read(closing.join().body(), "$.closedAt"))
				.doesNotContainNull();
			admin.awaitEvent((event) -> event.type().equals("campaign") && isDone(event, 10));
			assertThat(admin.events())
				.filteredOn((event) -> event.type().equals("campaign") && event.data().contains("Swimming"))
				.extracting((event) -> JsonPath.<String>read(event.data(), "$.closedAt"))
				.containsOnly(JsonPath.<String>read(closings.get(0).join().body(), "$.closedAt"));
		}
	}

	@Test
	void batchOfAnInstanceThatDiedIsFinishedByAnother() {
		try (SseClient tab = this.b.stream("mart-7")) {
			// Closed, and nobody was told.
			this.a.context().getBean(JdbcTemplate.class).update("update campaign set closed_at = now() where id = 7");
			tab.awaitEvent((event) -> event.type().equals("notification") && event.data().contains("Shade"));
		}
	}

	/** More than 5,000 rows of each of three tables, by far fewer statements. */
	@Test
	void batchTakesNoStatementForEachBacker() {
		try (SseClient admin = this.b.stream("admin")) {
			this.a.context().getBean(JdbcTemplate.class).update("""
					insert into pledge (campaign_id, backer)
					select 8, 'new-' || id from pledge where campaign_id = 7 and id % 10 = 0""");
			Statistics statistics = this.a.context()
				.getBean(EntityManagerFactory.class)
				.unwrap(SessionFactory.class)
				.getStatistics();
			statistics.setStatisticsEnabled(true);
			this.a.post("admin", "/api/campaigns/8/close", null);
			admin.awaitEvent((event) -> event.type().equals("campaign") && isDone(event, 8));
			// Some are of the jobs of this instance, which go on meanwhile.
			assertThat(statistics.getPrepareStatementCount()).isLessThan(1500);
			statistics.setStatisticsEnabled(false);
		}
	}

	@Test
	void readStateIsInStepOnEveryTab() {
		try (SseClient otherTab = this.b.stream("customer-2")) {
			this.a.post("admin", "/api/campaigns/2/close", null);
			ReceivedEvent event = otherTab
				.awaitEvent((each) -> each.type().equals("notification") && each.data().contains("bicycles"));
			int id = JsonPath.read(event.data(), "$.notification.id");
			int unread = JsonPath.read(event.data(), "$.unread.count");
			this.a.send("customer-2", "/api/notifications/" + id + "/read", "PATCH", null);
			ReceivedEvent read = otherTab.awaitEvent("notification-read");
			assertThat(JsonPath.<Integer>read(read.data(), "$.id")).isEqualTo(id);
			assertThat(JsonPath.<Integer>read(read.data(), "$.unread.count")).isEqualTo(unread - 1);
			// Reading it again changes nothing, and deleting what is read leaves the
			// count.
			this.a.send("customer-2", "/api/notifications/" + id + "/read", "PATCH", null);
			this.a.send("customer-2", "/api/notifications/" + id, "DELETE", null);
			ReceivedEvent deleted = otherTab.awaitEvent("notification-deleted");
			assertThat(JsonPath.<Integer>read(deleted.data(), "$.unread.count")).isEqualTo(unread - 1);
			this.a.post("customer-2", "/api/notifications/read-all", null);
			ReceivedEvent all = otherTab.awaitEvent("notifications-read");
			assertThat(JsonPath.<Integer>read(all.data(), "$.unread.count")).isZero();
		}
		assertThat(unread("customer-2")).isZero();
	}

	@Test
	void videoTellsHowFarItIsAndWhenItIsReady() {
		try (SseClient tab = this.b.stream("customer-1")) {
			int id = JsonPath.read(this.a.post("customer-1", "/api/videos", """
					{"title": "Holidays"}""").body(), "$.id");
			ReceivedEvent ready = tab.awaitEvent("video-ready");
			assertThat(JsonPath.<Integer>read(ready.data(), "$.id")).isEqualTo(id);
			// Pieces of two instances: nothing orders what they push.
			await().untilAsserted(() -> assertThat(data(tab, "video-progress"))
				.extracting((data) -> JsonPath.<Integer>read(data, "$.percent"))
				.containsExactlyInAnyOrder(0, 10, 20, 30, 40, 50, 60, 70, 80, 90));
			assertThat(this.b.get("customer-1", JsonPath.read(ready.data(), "$.thumbnailUrl")).body()).contains("<svg");
			assertThat(this.b.get("customer-1", JsonPath.read(ready.data(), "$.videoUrl")).body()).contains("<animate");
		}
	}

	private static boolean isDone(ReceivedEvent event, int campaign) {
		Map<String, Object> data = JsonPath.read(event.data(), "$");
		return data.get("id").equals(campaign) && data.get("notified").equals(data.get("backers"));
	}

	// With nothing to come of what earlier tests have done, on either instance.
	private SseClient quietStream(SampleInstance instance, String user) {
		SseClient client = instance.stream(user);
		awaitAnnouncement(this.a, client, QUIET);
		awaitAnnouncement(this.b, client, QUIET);
		return client;
	}

	// An announcement goes to all: what is to come before it has come when it is here.
	private List<String> typesUntilAnnouncement(SseClient client) {
		awaitAnnouncement(this.a, client, "the end");
		List<ReceivedEvent> events = client.events();
		List<Integer> quiet = IntStream.range(0, events.size())
			.filter((i) -> events.get(i).data().contains(QUIET))
			.boxed()
			.toList();
		return events.subList(quiet.get(quiet.size() - 1), events.size())
			.stream()
			.map(ReceivedEvent::type)
			.filter((type) -> !type.equals("announcement"))
			.toList();
	}

	private static void awaitAnnouncement(SampleInstance from, SseClient client, String text) {
		String unique = text + " " + UUID.randomUUID();
		from.announce(unique);
		client.awaitEvent((event) -> event.data().contains(unique));
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

	private int unread(String user) {
		return JsonPath.read(this.b.get(user, "/api/notifications/unread-count").body(), "$.count");
	}

	private static List<Integer> orderIds(String list) {
		return JsonPath.read(list, "$.orders[*].id");
	}

	private static List<Integer> ids(SseClient client) {
		return data(client, "order").stream().map((data) -> JsonPath.<Integer>read(data, "$.id")).toList();
	}

	private static List<String> data(SseClient client, String type) {
		return client.events().stream().filter((event) -> event.type().equals(type)).map(ReceivedEvent::data).toList();
	}

}
