package com.example.secured;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.SseEvent;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tabs of Chromium with the JavaScript client, a context for each test. All tests share
 * the browser and the host.
 */
final class ClientTabs implements BeforeEachCallback, AfterEachCallback {

	static final Duration PATIENCE = Duration.ofSeconds(60);

	private final List<String> errors = new CopyOnWriteArrayList<>();

	private Bench bench;

	private BrowserContext context;

	private int published;

	private record Bench(Chromium chromium, Instance host) implements AutoCloseable {

		static Bench start() {
			return new Bench(Chromium.start(), Instance.start(ClientHost.class, "sse.client.enabled=true",
					"sse.reconnect-time=200ms", "sse.heartbeat-interval=500ms"));
		}

		@Override
		public void close() {
			this.chromium.close();
			this.host.close();
		}

	}

	@Override
	public void beforeEach(ExtensionContext test) {
		this.bench = test.getRoot()
			.getStore(ExtensionContext.Namespace.GLOBAL)
			.computeIfAbsent(Bench.class, (key) -> Bench.start(), Bench.class);
		this.context = this.bench.chromium().browser().newContext();
		this.context.onConsoleMessage((message) -> {
			if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
				this.errors.add(message.text());
			}
		});
		this.context.onWebError((error) -> this.errors.add(error.error()));
	}

	@Override
	public void afterEach(ExtensionContext test) {
		this.context.close();
		assertThat(this.errors).as("errors on the console").isEmpty();
	}

	List<Page> open(int count, String topic, String options) {
		List<Page> tabs = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			tabs.add(open(topic, options));
		}
		return tabs;
	}

	Page open(String topic, String options) {
		Page page = page();
		page.evaluate("open('/stream?topic=" + topic + "', " + options + ")");
		awaitOpen(page);
		return page;
	}

	Page page() {
		Page page = this.context.newPage();
		page.navigate(uri("/page"));
		page.waitForFunction("window.ready");
		return page;
	}

	void awaitOpen(Page page) {
		await().until(() -> "open".equals(page.evaluate("states.at(-1)?.state")));
	}

	void publish(String topic, int count) {
		for (int i = 0; i < count; i++) {
			broadcaster().broadcast(topic, SseEvent.of("order", this.published++)).join();
		}
	}

	/** The ID of an event that the tabs do not receive. */
	String elsewhere() {
		return broadcaster().broadcast("elsewhere", "event").join().toString();
	}

	void awaitAllSeen(Page page) {
		await().until(() -> number(page, "seen.length") >= this.published);
		assertThat(page.evaluate("seen")).isEqualTo(range(0, this.published));
	}

	static List<Integer> range(int from, int to) {
		return IntStream.range(from, to).boxed().toList();
	}

	int resets(List<Page> tabs) {
		return tabs.stream().mapToInt((tab) -> number(tab, "resets.length")).sum();
	}

	/** Ends the streams of a topic, as at the end of their lives. */
	void end(String topic) {
		registry().disconnect(topic);
	}

	long connections(String topic) {
		return registry().connections().stream().filter((info) -> info.topics().contains(topic)).count();
	}

	ClientHost.Gate gate() {
		return this.bench.host().context().getBean(ClientHost.Gate.class);
	}

	BrowserContext context() {
		return this.context;
	}

	Broadcaster broadcaster() {
		return this.bench.host().broadcaster();
	}

	String uri(String path) {
		return this.bench.host().uri(path).toString();
	}

	private EmitterRegistry registry() {
		return this.bench.host().registry();
	}

	static int number(Page page, String expression) {
		return ((Number) page.evaluate(expression)).intValue();
	}

	static ConditionFactory await() {
		return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
	}

}
