package com.example.secured;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The Chromium of this machine; a test without one is skipped. */
final class Chromium implements AutoCloseable {

	private static final List<String> ARGUMENTS = List.of("--headless", "--no-sandbox", "--disable-gpu",
			"--disable-background-networking", "--disable-component-update", "--disable-sync");

	private final Playwright playwright = Playwright
		.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));

	private final Browser browser;

	private Chromium(Path executable) {
		this.browser = this.playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(executable)
				.setArgs(ARGUMENTS)
				// Pages are kept for the back button, as for users.
				.setIgnoreDefaultArgs(List.of("--disable-back-forward-cache")));
	}

	static Chromium start() {
		Optional<Path> executable = Arrays.stream(System.getenv("PATH").split(":"))
			.map((directory) -> Path.of(directory, "chromium"))
			.filter(Files::isExecutable)
			.findFirst();
		assumeTrue(executable.isPresent(), "chromium is not on the PATH");
		return new Chromium(executable.orElseThrow());
	}

	Browser browser() {
		return this.browser;
	}

	@Override
	public void close() {
		this.browser.close();
		this.playwright.close();
	}

}
