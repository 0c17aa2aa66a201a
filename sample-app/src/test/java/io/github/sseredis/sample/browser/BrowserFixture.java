package io.github.sseredis.sample.browser;

import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Browser;
import io.github.sseredis.sample.SampleCluster;
import io.github.sseredis.sample.SampleInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

/** Two instances, a browser, and viewers without errors on their consoles. */
abstract class BrowserFixture {

	static final SampleCluster cluster = SampleCluster.shared();

	static final SampleInstance a = cluster.a();

	static final SampleInstance b = cluster.b();

	private static Chromium chromium;

	private final List<Viewer> viewers = new ArrayList<>();

	@BeforeAll
	static void startBrowser() {
		chromium = Chromium.start();
		setDefaultAssertionTimeout(60_000);
	}

	@AfterAll
	static void closeBrowser() {
		chromium.close();
	}

	@AfterEach
	void closeViewersWithoutErrorsOnTheConsole() {
		try {
			assertThat(this.viewers).allSatisfy((viewer) -> assertThat(viewer.takeErrors()).isEmpty());
		}
		finally {
			this.viewers.forEach(Viewer::close);
		}
	}

	final Viewer viewer() {
		return viewer(new Browser.NewContextOptions().setViewportSize(1280, 900));
	}

	final Viewer viewer(Browser.NewContextOptions options) {
		Viewer viewer = chromium.viewer(options);
		this.viewers.add(viewer);
		return viewer;
	}

	// A browser itself says on the console what it could not load: here that is the test.
	static void takeNetworkErrors(Viewer viewer) {
		assertThat(viewer.takeErrors()).allSatisfy((error) -> assertThat(error).startsWith("Failed to load resource"));
	}

}
