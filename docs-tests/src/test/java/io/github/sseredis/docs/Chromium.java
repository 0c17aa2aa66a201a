package io.github.sseredis.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import org.opentest4j.TestAbortedException;

/** The Chromium of this machine. */
record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {

	private static final List<String> PLACES = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser",
			"/usr/bin/google-chrome");

	static Chromium start() {
		Path program = PLACES.stream()
			.map(Path::of)
			.filter(Files::isExecutable)
			.findFirst()
			.orElseThrow(() -> new TestAbortedException("No Chromium on this machine"));
		Playwright playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		return new Chromium(playwright, playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(List.of("--no-sandbox"))));
	}

	/** Opens a page that is patient. */
	com.microsoft.playwright.Page page() {
		com.microsoft.playwright.Page page = this.browser.newPage();
		page.setDefaultTimeout(60_000);
		return page;
	}

	@Override
	public void close() {
		this.browser.close();
		this.playwright.close();
	}

}
