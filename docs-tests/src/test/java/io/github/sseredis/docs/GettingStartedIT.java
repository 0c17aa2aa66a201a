package io.github.sseredis.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.test.Ports;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RedisExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Follows docs/getting-started.md: builds what it shows, types what it says. */
@ExtendWith(OutputCaptureExtension.class)
class GettingStartedIT {

	private static final Pattern URL = Pattern.compile("http://localhost:(8080|8081)(\\S*?)'?$");

	private static final String STARTED = "Server-Sent Events through Redis at %s, prefix %s, partitions 1";

	private static final Page PAGE = Page.of("docs/getting-started.md");

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	@TempDir
	static Path directory;

	static DocumentedProject project;

	static Host first;

	static Host second;

	@BeforeAll
	static void start(CapturedOutput output) {
		project = DocumentedProject.build(PAGE, "", Map.of(), directory);
		first = host(project, 0);
		second = host(project, 0);
		assertThat(output).contains(STARTED.formatted(redis.host() + ":" + redis.port(), redis.prefix()));
	}

	private static Host host(DocumentedProject project, int port) {
		return Host.of(project, "com.example.shop.ShopApplication")
			.withoutSecurity()
			.withoutDatabase()
			.redis(redis)
			.with("server.port=" + port, "logging.level.io.github.sseredis=info")
			.start();
	}

	@AfterAll
	static void stop() {
		first.close();
		second.close();
	}

	@Test
	void followingThePageShowsWhatItShows() {
		List<String> commands = commands();
		List<String> shown = PAGE.blocks()
			.stream()
			.filter((block) -> block.language().equals("text"))
			.map(CodeBlock::text)
			.toList();
		assertThat(commands).hasSize(9);
		assertThat(commands.subList(0, 3)).containsExactly("redis-server", "mvn spring-boot:run",
				"mvn spring-boot:run -Dspring-boot.run.arguments=--server.port=8081");
		assertThat(first.context().getEnvironment().getProperty("spring.application.name")).isEqualTo("shop");
		assertThat(PAGE.prose().replace('\n', ' '))
			.contains("`" + STARTED.formatted("localhost:6379", "sse:shop:") + "`");
		String lastEventId;
		try (RawSseClient stream = open(commands.get(3), "")) {
			stream.awaitBlocks(1);
			assertThat(forms(stream.body())).isEqualTo(forms(shown.get(0)));
			post(commands.get(4));
			stream.awaitEvents(1);
			assertThat(forms(stream.body())).isEqualTo(forms(shown.get(0) + shown.get(1)));
			lastEventId = stream.lastEventId();
		}
		post(commands.get(5));
		post(commands.get(6));
		try (RawSseClient stream = open(commands.get(7), lastEventId)) {
			stream.awaitEvents(2);
			assertThat(stream.data()).satisfiesExactly((data) -> assertThat(data).contains("bread"),
					(data) -> assertThat(data).contains("jam"));
		}
		try (RawSseClient stream = open(commands.get(8), "nonsense")) {
			stream.awaitEvents(1);
			assertThat(forms(stream.body())).endsWith(forms(shown.get(2)));
		}
	}

	@Test
	@Tag("full")
	void pageShowsInABrowserWhatItMissed() {
		try (Chromium chromium = Chromium.start()) {
			var page = chromium.page();
			int port = Ports.free();
			try (Host stopping = host(project, port)) {
				page.navigate(stopping.address().toString());
				EmitterRegistry registry = stopping.context().getBean(EmitterRegistry.class);
				page.waitForCondition(() -> registry.connectionCount("customer:ann") == 1);
				first.post("/orders", "customer=ann&item=cake");
				page.waitForSelector("li:has-text('cake')");
			}
			first.post("/orders", "customer=ann&item=salt");
			try (Host startedAgain = host(project, port)) {
				page.waitForSelector("li:has-text('salt')");
				assertThat(page.locator("li").allInnerTexts()).hasSize(2);
			}
		}
	}

	private static List<String> commands() {
		List<String> commands = new ArrayList<>();
		PAGE.blocks()
			.stream()
			.filter((block) -> block.language().equals("sh") && block.checkedBy() != null)
			.forEach((block) -> commands.addAll(block.lines()));
		return commands;
	}

	private static RawSseClient open(String command, String lastEventId) {
		assertThat(command).startsWith("curl -N ");
		String[] headers = command.contains("Last-Event-ID: ") ? new String[] { "Last-Event-ID", lastEventId }
				: new String[0];
		Matcher url = url(command);
		return RawSseClient.open(host(url).address().resolve(url.group(2)), headers).awaitHeaders();
	}

	private static void post(String command) {
		List<String> form = new ArrayList<>();
		Pattern.compile("-d (\\S+)").matcher(command).results().forEach((result) -> form.add(result.group(1)));
		Matcher url = url(command);
		assertThat(host(url).post(url.group(2), String.join("&", form))).contains("\"customer\":\"ann\"");
	}

	private static Matcher url(String command) {
		Matcher url = URL.matcher(command);
		assertThat(url.find()).as(command).isTrue();
		return url;
	}

	private static Host host(Matcher url) {
		return url.group(1).equals("8080") ? first : second;
	}

	/** What is shown, without what differs each time. */
	private static String forms(String stream) {
		return stream.replaceAll("retry: [0-9]+", "retry: N").replaceAll("id: [A-Za-z0-9.-]+", "id: N");
	}

}
