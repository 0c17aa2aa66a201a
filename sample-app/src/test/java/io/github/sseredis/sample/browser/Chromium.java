package io.github.sseredis.sample.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import org.opentest4j.TestAbortedException;

/** The browser of the machine. */
final class Chromium implements AutoCloseable {

	private static final List<String> ARGUMENTS = List.of("--headless", "--no-sandbox", "--disable-gpu",
			"--disable-background-networking", "--disable-component-update", "--disable-sync");

	private final Playwright playwright = Playwright
		.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));

	private final Browser browser;

	private Chromium(Path program) {
		this.browser = this.playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(program)
				.setArgs(ARGUMENTS)
				// Pages are kept for the back button, as for users.
				.setIgnoreDefaultArgs(List.of("--disable-back-forward-cache")));
	}

	static Chromium start() {
		return new Chromium(Arrays.stream(System.getenv("PATH").split(":"))
			.map((directory) -> Path.of(directory, "chromium"))
			.filter(Files::isExecutable)
			.findFirst()
			.orElseThrow(() -> new TestAbortedException("No chromium on the PATH")));
	}

	Viewer viewer(Browser.NewContextOptions options) {
		return new Viewer(this.browser.newContext(options));
	}

	@Override
	public void close() {
		this.browser.close();
		this.playwright.close();
	}

}
