package io.github.sseredis.docs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import com.jayway.jsonpath.JsonPath;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.github.sseredis.autoconfigure.SseProperties;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.SseBlock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Builds what docs/migrating.md shows, and runs what comes after. */
@ExtendWith(OutputCaptureExtension.class)
class MigratingIT {

	private static final Page PAGE = Page.of("docs/migrating.md");

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	private final List<AutoCloseable> open = new ArrayList<>();

	@AfterEach
	void closeAll() throws Exception {
		for (AutoCloseable resource : this.open) {
			resource.close();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "notifications", "alerts", "cache", "progress" })
	void whatTeamsHaveCompiles(String design) {
		assertThat(HandWrittenDesign.build(design, "before").classNames()).isNotEmpty();
	}

	@Test
	void linesAreCounted() {
		List<String> rows = PAGE.prose().lines().filter((line) -> line.startsWith("| [")).toList();
		List<String> designs = List.of("notifications", "alerts", "cache", "progress");
		assertThat(rows).hasSameSizeAs(designs);
		for (int i = 0; i < rows.size(); i++) {
			String counted = "| " + lines(designs.get(i) + "/before/") + " | " + lines(designs.get(i) + "/after/")
					+ " |";
			assertThat(rows.get(i)).endsWith(counted);
		}
	}

	@Test
	void timeoutInMillisecondsBindsAsALifeOfSixtySeconds() {
		CodeBlock block = PAGE.blocks()
			.stream()
			.filter((each) -> each.language().equals("properties"))
			.findFirst()
			.orElseThrow();
		SseProperties properties = KnownProperties.bind(KnownProperties.properties(block.text()));
		assertThat(properties.timeout()).isEqualTo(Duration.ofSeconds(60));
	}

	@Test
	void notificationIsPushedAfterTheCommitToEveryTabAndToWhoWasAway(CapturedOutput output) {
		Host first = host("notifications");
		Host second = host("notifications");
		RawSseClient tab = open(first.stream("/notifications/stream", "ann"));
		RawSseClient otherTab = open(second.stream("/notifications/stream", "ann"));
		RawSseClient other = open(second.stream("/notifications/stream", "anna"));
		first.post("/close", "backer=ann&message=funded");
		tab.awaitEvents(1);
		// Refused by the database at the commit.
		first.post("/close", "backer=ann&message=funded");
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> output.getAll().contains("Unique index"));
		first.post("/close", "backer=ann&message=paid");
		for (RawSseClient client : List.of(tab, otherTab)) {
			client.awaitEvents(2);
			assertThat(client.data()).satisfiesExactly((data) -> assertThat(data).contains("funded"),
					(data) -> assertThat(data).contains("paid"));
		}
		tab.close();
		otherTab.close();
		String lastEventId = JsonPath.read(first.get("/notifications", "ann"), "$.lastEventId");
		second.post("/close", "backer=ann&message=while away");
		RawSseClient back = open(first.stream("/notifications/stream?lastEventId=" + lastEventId, "ann"));
		back.awaitEvents(1);
		assertThat(back.data()).singleElement().satisfies((data) -> assertThat(data).contains("while away"));
		assertThat(other.data()).isEmpty();
	}

	@Test
	void orderRingsAtItsMartOnly() {
		Host host = host("alerts");
		RawSseClient mart = open(host.stream("/marts/7/stream", "owner"));
		RawSseClient other = open(host.stream("/marts/70/stream", "owner"));
		host.post("/pay", "martId=7&orderId=1&commits=false");
		host.post("/pay", "martId=70&orderId=2");
		host.post("/pay", "martId=7&orderId=3");
		for (RawSseClient client : List.of(mart, other)) {
			client.awaitEvents(2);
			assertThat(client.events().get(0).type()).isEqualTo("connect");
		}
		assertThat(mart.data()).endsWith("{\"martId\":7,\"orderId\":3}");
		assertThat(other.data()).endsWith("{\"martId\":70,\"orderId\":2}");
	}

	@Test
	void clientThatWasAwayGetsWhatItMissedFromAnotherInstance() {
		Host first = host("cache");
		Host second = host("cache");
		String lastEventId;
		try (RawSseClient client = first.stream("/subscribe", "1")) {
			first.post("/send", "userId=1&text=seen");
			client.awaitEvents(1);
			lastEventId = client.lastEventId();
		}
		first.post("/send", "userId=1&text=missed");
		first.post("/send", "userId=10&text=of another user");
		RawSseClient back = open(second.stream("/subscribe", "1", "Last-Event-ID", lastEventId));
		first.post("/send", "userId=1&text=live");
		back.awaitEvents(2);
		assertThat(back.data()).containsExactly("missed", "live");
		assertThat(back.events()).extracting(SseBlock::type).containsOnly("sse");
	}

	@Test
	void idOfTheOldKindIsAnsweredWithAReset() {
		RawSseClient client = open(host("cache").stream("/subscribe", "1", "Last-Event-ID", "1_1700000000000"));
		client.awaitEvents(1);
		assertThat(client.events().get(0).type()).isEqualTo("reset");
	}

	@Test
	void progressIsPushedAfterTheCommitAndNoStreamKeepsAConnection() {
		Host host = host("progress");
		String id = host.post("/videos", "author=ann@example.com");
		for (int i = 0; i < 12; i++) {
			open(host.stream("/encoding/stream", "ann@example.com")).awaitEvents(1);
		}
		RawSseClient stream = open(host.stream("/encoding/stream", "ann@example.com"));
		assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
		RawSseClient other = open(host.stream("/encoding/stream", "ann@example.com.au"));
		other.awaitEvents(1);
		// Refused by the database at the commit.
		host.post("/advance", "id=" + id + "&percent=200");
		host.post("/advance", "id=" + id + "&percent=50");
		host.post("/advance", "id=" + id + "&percent=100");
		stream.awaitEvents(3);
		assertThat(stream.events()).extracting(SseBlock::type)
			.containsExactly("unfinished", "file-encoding-event", "file-encoding-event");
		assertThat(stream.data().get(0)).isEqualTo("1");
		assertThat(stream.data().get(1)).contains("\"percent\":50,");
		assertThat(stream.data().get(2)).contains("\"finished\":true");
		assertThat(other.events()).extracting(SseBlock::type).containsExactly("unfinished");
		HikariPoolMXBean pool = host.context().getBean(HikariDataSource.class).getHikariPoolMXBean();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> pool.getActiveConnections() == 0);
	}

	private <T extends AutoCloseable> T open(T resource) {
		this.open.add(0, resource);
		return resource;
	}

	private Host host(String design) {
		return open(HandWrittenDesign.host(design, "after").redis(redis).start());
	}

	private static long lines(String prefix) {
		Pattern counted = Pattern.compile("\\S");
		return PAGE.blocks()
			.stream()
			.filter((block) -> block.file() != null && block.file().startsWith(prefix))
			.flatMap((block) -> Arrays.stream(block.text().split("\n")))
			.filter((line) -> counted.matcher(line).find())
			.count();
	}

}
