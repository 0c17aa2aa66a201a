package com.example.secured;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import io.github.sseredis.SseEvent;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The JavaScript client in Chromium: one tab, and several that share a connection. */
@Tag("full")
class ClientBrowserIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	static Instance host;

	static Chromium chromium;

	private final List<String> errors = new CopyOnWriteArrayList<>();

	private BrowserContext context;

	private int published;

	@BeforeAll
	static void start() {
		chromium = Chromium.start();
		host = Instance.start(ClientHost.class, "sse.client.enabled=true", "sse.reconnect-time=200ms",
				"sse.heartbeat-interval=500ms");
	}

	@AfterAll
	static void stop() {
		if (chromium != null) {
			chromium.close();
			host.close();
		}
	}

	@BeforeEach
	void openContext() {
		this.context = chromium.browser().newContext();
		this.context.onConsoleMessage((message) -> {
			if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
				this.errors.add(message.text());
			}
		});
		this.context.onWebError((error) -> this.errors.add(error.error()));
	}

	@AfterEach
	void nothingIsWrongOnTheConsole() {
		this.context.close();
		assertThat(this.errors).isEmpty();
	}

	@Test
	void sixTabsShareOneConnectionAndEachHasEveryEventOnce() {
		List<Page> tabs = tabs(6, "six", "{ share: 'six' }");
		publish("six", 20);
		tabs.forEach(this::awaitAllSeen);
		assertThat(connections("six")).isEqualTo(1);
	}

	@Test
	void nothingIsMissedAndNothingComesTwiceWhenTheLeadingTabIsClosed() {
		List<Page> tabs = tabs(4, "closed", "{ share: 'closed' }");
		for (int i = 0; i < 2; i++) {
			publish("closed", 10);
			tabs.remove(0).close();
			publish("closed", 10);
			tabs.forEach(this::awaitAllSeen);
		}
		await().until(() -> connections("closed") == 1);
		assertThat(resets(tabs)).isEqualTo(0);
	}

	@Test
	void nothingIsMissedAndNothingComesTwiceWhenTheLeadingTabCrashes() {
		List<Page> tabs = tabs(3, "crashed", "{ share: 'crashed' }");
		publish("crashed", 10);
		crash(tabs.remove(0));
		publish("crashed", 10);
		tabs.forEach(this::awaitAllSeen);
		assertThat(resets(tabs)).isEqualTo(0);
	}

	@Test
	void leadingTabThatIsPutAsideLetsOthersLeadAndGoesOnWhenItReturns() {
		List<Page> tabs = tabs(2, "frozen", "{ share: 'frozen' }");
		publish("frozen", 5);
		tabs.forEach(this::awaitAllSeen);
		tabs.get(0).evaluate("document.dispatchEvent(new Event('freeze'))");
		publish("frozen", 5);
		awaitAllSeen(tabs.get(1));
		assertThat(number(tabs.get(0), "seen.length")).isEqualTo(5);
		tabs.get(0).evaluate("document.dispatchEvent(new Event('resume'))");
		publish("frozen", 5);
		tabs.forEach(this::awaitAllSeen);
		assertThat(connections("frozen")).isEqualTo(1);
		assertThat(resets(tabs)).isEqualTo(0);
	}

	@Test
	void tabThatIsAheadOfANewLeaderDropsWhatThatBringsAgain() {
		List<Page> tabs = tabs(2, "ahead", "{ share: 'ahead' }");
		Page other = page();
		other.evaluate(
				"""
								const channel = new BroadcastChannel("sse-client:ahead:" + new URL("/stream?topic=ahead", location.href));
								window.heard = [];
								channel.onmessage = ({ data }) => data.kind === "message" && heard.push(data);
								window.lead = (after) => {
								  channel.postMessage({ kind: "lead", from: "new", lastEventId: after.message.lastEventId });
								  heard.slice(heard.indexOf(after) + 1).forEach((data) => channel.postMessage(data));
								}
						true""");
		publish("ahead", 3);
		await().until(() -> number(other, "heard.length") == 3);
		tabs.forEach(this::awaitAllSeen);
		other.evaluate("lead(heard[0])");
		publish("ahead", 2);
		awaitAllSeen(tabs.get(1));
		assertThat(resets(tabs)).isEqualTo(0);
	}

	@Test
	void tabThatJoinsWithAnIdUnknownToOthersHasWhatCameAfterIt() {
		Page first = tabs(1, "joined", "{ share: 'joined' }").get(0);
		publish("joined", 3);
		awaitAllSeen(first);
		String unknown = elsewhere();
		publish("joined", 3);
		awaitAllSeen(first);
		Page second = tab("joined", "{ share: 'joined', lastEventId: '" + unknown + "' }");
		await().until(() -> number(second, "seen.length") == 3);
		await().until(() -> connections("joined") == 1);
		publish("joined", 3);
		awaitAllSeen(first);
		await().until(() -> second.evaluate("seen").equals(range(3, 9)));
		assertThat(resets(List.of(first, second))).isEqualTo(0);
	}

	@Test
	void tabThatJoinsWhileNothingHappensHasWhatHappensThen() {
		Page first = tabs(1, "quiet", "{ share: 'quiet' }").get(0);
		publish("quiet", 3);
		awaitAllSeen(first);
		String options = "{ share: 'quiet', lastEventId: '" + elsewhere() + "' }";
		List<Page> others = List.of(tab("quiet", options), tab("quiet", options));
		// While it leads, it does not know where they are.
		first.evaluate("const close = client.close(); 0");
		publish("quiet", 3);
		others.forEach((tab) -> await().until(() -> tab.evaluate("seen").equals(range(3, 6))));
		await().until(() -> connections("quiet") == 1);
		publish("quiet", 3);
		others.forEach((tab) -> await().until(() -> tab.evaluate("seen").equals(range(3, 9))));
		assertThat(resets(others)).isEqualTo(0);
	}

	@Test
	void tabsListenToMoreThanTheLeadingOne() {
		Page leader = tabs(1, "types", "{ share: 'types' }").get(0);
		Page other = page();
		other.evaluate("open('/stream?topic=types', { share: 'types' }, ['order', 'video'])");
		awaitOpen(other);
		host.broadcaster().broadcast("types", SseEvent.of("video", 100));
		await().until(() -> other.evaluate("seen").equals(List.of(100)));
		leader.close();
		host.broadcaster().broadcast("types", SseEvent.of("video", 101));
		publish("types", 1);
		await().until(() -> other.evaluate("seen").equals(List.of(100, 101, 0)));
	}

	@Test
	void resetReachesAllTabs() {
		gate().refuse("reset", 503);
		List<Page> tabs = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			tabs.add(page());
			tabs.get(i).evaluate("open('/stream?topic=reset', { share: 'reset', lastEventId: 'of-another-time' })");
			await().until(() -> number(tabs.get(0), "states.length") > 1);
		}
		gate().open();
		tabs.forEach((tab) -> await().until(() -> tab.evaluate("resets[0]?.topics ?? []").equals(List.of("reset"))));
	}

	@Test
	void ticketsAreTakenAnewOverEndsOfLives() {
		Page page = page();
		page.evaluate("open('/ticketed', { ticket })");
		awaitOpen(page);
		await().pollInterval(Duration.ofMillis(20)).until(() -> {
			publish("tickets", 1);
			return number(page, "tickets") >= 4;
		});
		awaitAllSeen(page);
		assertThat(number(page, "resets.length")).isEqualTo(0);
		page.evaluate("client.close()");
	}

	@Test
	void streamGoesOnAfterAProxyThatRefusedIt() {
		Page page = tab("refused", "{}");
		// Comes at each opening, and is nothing that was caught up.
		page.evaluate("client.on('hello', () => {}), true");
		publish("refused", 3);
		awaitAllSeen(page);
		gate().refuse("refused", 503);
		host.registry().disconnect("refused");
		await().until(() -> gate().refused() >= 4);
		assertThat(page.evaluate("states.findLast(({ state }) => state !== 'connecting').state")).isEqualTo("waiting");
		assertThat(page.evaluate("states.findLast(({ state }) => state === 'waiting').retryIn >= 0")).isEqualTo(true);
		publish("refused", 7);
		gate().open();
		awaitAllSeen(page);
		await().until(() -> number(page, "states.at(-1).caughtUp ?? -1") == 7);
		publish("refused", 1);
		awaitAllSeen(page);
	}

	@Test
	void streamThatIsRefusedForGoodIsNotAskedForAgain() {
		List<Page> tabs = tabs(3, "final", "{ share: 'final' }");
		gate().refuse("final", 401);
		host.registry().disconnect("final");
		for (Page tab : tabs) {
			await().until(() -> tab.evaluate("states.at(-1)").equals(Map.of("state", "closed", "status", 401)));
		}
		Awaitility.await()
			.during(Duration.ofSeconds(3))
			.atMost(PATIENCE)
			.until(() -> gate().refused() == 2 && connections("final") == 0);
	}

	@Test
	void pageIsToldWhenNobodyKnowsWhereItsStreamEnded() {
		Page page = tab("unknown", "{}");
		gate().refuse("unknown", 503);
		host.registry().disconnect("unknown");
		await().until(() -> gate().refused() >= 2);
		gate().open();
		await().until(() -> page.evaluate("resets")
			.equals(List.of(Map.of("reason", "unknown-position", "topics", List.of()))));
	}

	private List<Page> tabs(int count, String topic, String options) {
		List<Page> tabs = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			tabs.add(tab(topic, options));
		}
		return tabs;
	}

	private Page tab(String topic, String options) {
		Page page = page();
		page.evaluate("open('/stream?topic=" + topic + "', " + options + ")");
		awaitOpen(page);
		return page;
	}

	private Page page() {
		Page page = this.context.newPage();
		page.navigate(host.uri("/page").toString());
		page.waitForFunction("window.ready");
		return page;
	}

	private static void awaitOpen(Page page) {
		await().until(() -> "open".equals(page.evaluate("states.at(-1)?.state")));
	}

	private void publish(String topic, int count) {
		for (int i = 0; i < count; i++) {
			host.broadcaster().broadcast(topic, SseEvent.of("order", this.published++)).join();
		}
	}

	/** The ID of an event that the tabs do not receive. */
	private static String elsewhere() {
		return host.broadcaster().broadcast("elsewhere", "event").join().toString();
	}

	private void awaitAllSeen(Page page) {
		await().until(() -> number(page, "seen.length") >= this.published);
		assertThat(page.evaluate("seen")).isEqualTo(range(0, this.published));
	}

	private static List<Integer> range(int from, int to) {
		return IntStream.range(from, to).boxed().toList();
	}

	private static int resets(List<Page> tabs) {
		return tabs.stream().mapToInt((tab) -> number(tab, "resets.length")).sum();
	}

	private static long connections(String topic) {
		return host.registry().connections().stream().filter((info) -> info.topics().contains(topic)).count();
	}

	private static ClientHost.Gate gate() {
		return host.context().getBean(ClientHost.Gate.class);
	}

	private static int number(Page page, String expression) {
		return ((Number) page.evaluate(expression)).intValue();
	}

	private static void crash(Page page) {
		try {
			page.navigate("chrome://crash", new Page.NavigateOptions().setTimeout(2000));
		}
		catch (PlaywrightException ex) {
			// As it should.
		}
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
	}

}
