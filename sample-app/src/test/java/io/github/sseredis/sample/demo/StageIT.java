package io.github.sseredis.sample.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.SubscribeRequest;
import io.github.sseredis.test.Ports;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The stage in Chromium: its promise holds, and its counter can tell when it does not.
 */
@Tag("full")
class StageIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Path SCREENSHOTS = Path.of("target/screenshots");

	private static final DemoPorts ports = new DemoPorts(Ports.free(), List.of(Ports.free(), Ports.free()),
			Ports.free());

	private static volatile boolean forgetful;

	static DemoCluster cluster;

	static StagePublisher publisher;

	static StageServer stage;

	static Playwright playwright;

	static Browser browser;

	private final List<String> errors = new CopyOnWriteArrayList<>();

	private Page page;

	@BeforeAll
	static void start() throws Exception {
		Optional<Path> chromium = chromium();
		assumeTrue(chromium.isPresent(), "chromium is not on the PATH");
		cluster = DemoCluster.start(ports, SometimesForgetful.class);
		publisher = new StagePublisher(cluster.instances());
		stage = StageServer.start(cluster, publisher, ports.stage());
		playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		browser = playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(chromium.orElseThrow())
				.setArgs(List.of("--headless", "--no-sandbox", "--disable-gpu")));
	}

	@AfterAll
	static void stop() {
		if (cluster != null) {
			if (browser != null) {
				browser.close();
				playwright.close();
			}
			stage.close();
			publisher.close();
			cluster.close();
		}
	}

	@BeforeEach
	void openPage() {
		this.page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1280, 900));
		this.page.setDefaultTimeout(PATIENCE.toMillis());
		this.page.onConsoleMessage((message) -> {
			if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
				this.errors.add(message.text());
			}
		});
		this.page.onPageError(this.errors::add);
		this.page.navigate("http://localhost:" + ports.stage() + "/?cut=600000");
		awaitText(".stream[data-name=A] .wire", "connected to instance A");
		awaitText(".stream[data-name=B] .wire", "connected to instance B");
	}

	@AfterEach
	void nothingIsWrongOnTheConsole() {
		forgetful = false;
		cluster.repair();
		// It says so when it is left, and must not say it to the next one.
		this.page.navigate("about:blank");
		await().until(() -> !publisher.isSteady());
		this.page.close();
		assertThat(this.errors).isEmpty();
	}

	@Test
	void nothingIsMissedWhateverIsStopped() {
		awaitText("#now", "All is well");
		this.page.click("#burst");
		await().until(() -> number("received") >= 100);

		this.page.click("#cut");
		awaitText(".stream[data-name=B] .wire", "reconnecting");
		this.page.click("#burst");
		awaitText("#now", "The browser is cut off");
		screenshot("stage-cut");
		cluster.repair();
		await().until(() -> number("resumed") >= 2);
		awaitText("#story", "events caught up");
		awaitText("#now", "The browser is back");
		awaitAllReceived(200);

		this.page.click("#instance");
		awaitText(".stream[data-name=B] .wire", "connected to instance A");
		awaitText("#instance", "Start instance B");
		awaitText("#now", "Stream 2 goes on after its last event, on instance A");
		this.page.click("#burst");
		awaitAllReceived(300);
		screenshot("stage-without-b");
		this.page.click("#instance");
		awaitText(".stream[data-name=B] .wire", "connected to instance B");
		assertThat(number("resumed")).isGreaterThanOrEqualTo(4);
		awaitText("#now", "Instance B is back");

		this.page.click("#redis");
		awaitText("#redis", "Start Redis");
		this.page.click("#burst");
		awaitText("#redis-note", "events waiting");
		awaitText("#now", "Redis is stopped");
		// An outage that is to be seen on the chart.
		await().until(() -> number("sent") - number("received") > 110);
		screenshot("stage-without-redis");
		this.page.click("#redis");
		awaitAllReceived(400);
		awaitText("#now", "Redis is back");
		int least = number("sent");

		assertThat(number("missed")).isZero();
		assertThat(this.page.textContent("#verdict")).isEqualTo("none, and none came twice");
		assertThat(this.page.textContent("#story")).doesNotContain("may be missing");
		awaitText(".instance[data-name=A] .pending", "0");
		awaitText(".instance[data-name=B] .pending", "0");
		await().until(() -> number("sent") > least + 20);
		screenshot("stage");
		this.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
		screenshot("stage-dark");
		this.page.setViewportSize(360, 844);
		this.page.waitForFunction("document.documentElement.scrollWidth <= innerWidth");
		screenshot("stage-narrow");
	}

	@Test
	void counterShowsWhatIsMissedWhenStreamsResumeNothing() {
		assertThat(number("missed")).isZero();
		forgetful = true;
		this.page.click("#cut");
		awaitText(".stream[data-name=A] .wire", "reconnecting");
		int before = number("sent");
		this.page.click("#burst");
		await().until(() -> number("sent") >= before + 100);
		cluster.repair();
		await().until(() -> number("missed") > 0);
		assertThat(this.page.getAttribute(".verdict", "data-good")).isEqualTo("false");
		assertThat(this.page.textContent("#verdict")).isEqualTo("this must not happen");
		awaitText("#now", "Events are missing");
		screenshot("stage-missed");
	}

	/** Waits until both streams have had all that was sent, and at least so much. */
	private void awaitAllReceived(int least) {
		this.page.click("#steady");
		await().until(() -> this.page.textContent("#under-way").equals("all have arrived") && number("sent") >= least
				&& number("received") == number("sent"));
		this.page.click("#steady");
		awaitText("#steady[aria-pressed=true]", "5 events");
	}

	private int number(String id) {
		return Integer.parseInt(this.page.textContent("#" + id).replace(",", ""));
	}

	private void awaitText(String selector, String text) {
		await()
			.until(() -> this.page.locator(selector).allTextContents().stream().anyMatch((all) -> all.contains(text)));
	}

	private void screenshot(String name) {
		// So that what is drawn next is in it.
		this.page.evaluate("new Promise(requestAnimationFrame)");
		this.page
			.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
	}

	private static Optional<Path> chromium() {
		return Arrays.stream(System.getenv("PATH").split(":"))
			.map((directory) -> Path.of(directory, "chromium"))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/** Streams that, if told so, begin with what comes, whatever the client has had. */
	static class SometimesForgetful extends StageBeans {

		@Override
		StageStream stageStream(EmitterRegistry emitterRegistry, @Value("${sample.instance}") String name) {
			return new StageStream(emitterRegistry, name) {

				@Override
				SubscribeRequest.Builder request() {
					return forgetful ? super.request().lastEventId("") : super.request();
				}

			};
		}

	}

}
