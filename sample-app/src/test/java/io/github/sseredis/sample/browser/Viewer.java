package io.github.sseredis.sample.browser;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * A user with a browser of their own: tabs that share a login, and what the console says.
 */
final class Viewer implements AutoCloseable {

	private static final double PATIENCE = 60_000;

	/** The line is gone after some seconds. */
	private static final String NOTE_WHAT_IS_SAID = """
			window.said = [];
			addEventListener('DOMContentLoaded', () => {
			  const line = document.querySelector('#line');
			  if (line) {
			    new MutationObserver(() => said.push(line.textContent)).observe(line, { childList: true });
			  }
			});
			""";

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private final BrowserContext context;

	private final List<String> errors = new ArrayList<>();

	Viewer(BrowserContext context) {
		this.context = context;
		context.setDefaultTimeout(PATIENCE);
		context.addInitScript(NOTE_WHAT_IS_SAID);
		context.onConsoleMessage((message) -> {
			if (message.type().equals("error") || message.type().equals("warning")) {
				this.errors.add(message.text() + " " + message.location());
			}
		});
		context.onWebError((error) -> this.errors.add(error.error()));
	}

	Page tab() {
		return this.context.newPage();
	}

	/** Opens a tab and logs in. */
	Page login(URI address, String user) {
		Page page = tab();
		page.navigate(address.toString());
		page.getByLabel("User", new Page.GetByLabelOptions().setExact(true)).fill(user);
		page.getByLabel("Password").fill("password");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in").setExact(true)).click();
		awaitLive(page);
		return page;
	}

	void allowDesktopNotifications(URI site) {
		this.context.grantPermissions(List.of("notifications"),
				new BrowserContext.GrantPermissionsOptions().setOrigin(site.toString()));
	}

	/** Opens another tab of a user who is logged in. */
	Page open(URI address) {
		Page page = tab();
		page.navigate(address.toString());
		awaitLive(page);
		return page;
	}

	static void awaitLive(Page page) {
		assertThat(page.locator("#connection")).hasText("Live",
				new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
	}

	/** Waits until the line of a page has said something since the page was loaded. */
	static void awaitSaid(Page page, String text) {
		page.waitForFunction("(text) => said.some((each) => each.includes(text))", text);
	}

	/** What the line of a page has said since the page was loaded. */
	static String said(Page page) {
		return String.valueOf(page.evaluate("said.join('\\n')"));
	}

	static void screenshot(Page page, String name) {
		page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
	}

	static void screenshotOfAll(Page page, String name) {
		page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
	}

	/** The errors and warnings on the console since the last call. */
	List<String> takeErrors() {
		List<String> taken = List.copyOf(this.errors);
		this.errors.clear();
		return taken;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
