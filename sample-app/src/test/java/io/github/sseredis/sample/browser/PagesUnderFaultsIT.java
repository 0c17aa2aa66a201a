package io.github.sseredis.sample.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.jayway.jsonpath.JsonPath;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.github.sseredis.sample.SampleInstance;
import io.github.sseredis.test.Nginx;
import io.github.sseredis.test.Ports;
import io.github.sseredis.test.SseClient;
import io.github.sseredis.test.TcpProxy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What users see when the network, their instance or the history of events is gone, or
 * they have been gone themselves.
 */
@Tag("full")
class PagesUnderFaultsIT extends BrowserFixture {

	@Test
	void offlinePageSaysSoAndHowManyEventsItCaughtUp() {
		try (TcpProxy wire = TcpProxy.to("localhost", a.address().getPort()); SseClient witness = a.stream("mart-7")) {
			Viewer owner = viewer();
			Page desk = owner.login(URI.create("http://localhost:" + wire.port()), "mart-7");
			wire.refuse();
			assertThat(desk.locator("#connection")).hasText("Offline");
			assertThat(desk.locator("#line")).containsText(Pattern.compile("Offline. Reconnecting in \\d+ s"));
			Viewer.screenshot(desk, "offline");
			for (int i = 1; i <= 7; i++) {
				b.order(7, "while away " + i);
			}
			// They are at the instance before the page is.
			witness.awaitEvent((event) -> event.data().contains("while away 7"));
			wire.release();
			Viewer.awaitSaid(desk, "Back online. 7 events caught up.");
			Viewer.screenshot(desk, "resumed");
			assertThat(desk.locator("#desk .row").first()).containsText("while away 7");
			takeNetworkErrors(owner);
		}
	}

	@Test
	void pageBehindNginxCarriesOnWhenItsInstanceStops() {
		SampleInstance stopping = cluster.startThird();
		int port = Ports.free();
		try (Nginx nginx = Nginx.start(configuration(port, stopping, b), port)) {
			URI site = URI.create("http://localhost:" + port);
			Viewer owner = viewer();
			Page desk = owner.login(site, "mart-7");
			awaitStreamOf(stopping, desk);
			stopping.close();
			a.order(7, "after the stop");
			assertThat(desk.locator("#desk .row").first()).containsText("after the stop");
			Viewer.awaitLive(desk);
			assertThat(Viewer.said(desk)).doesNotContain("reloaded");
			// The session too: what needs one works on the other instance.
			int videos = desk.locator("#videos .row").count();
			desk.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Upload")).click();
			assertThat(desk.locator("#videos .row")).hasCount(videos + 1);
			// Other tests expect nothing more on the streams of this user.
			assertThat(desk.locator("#videos .row").first().locator("img")).isVisible();
			assertThat(nginx.log()).doesNotContain("[emerg]");
			takeNetworkErrors(owner);
		}
		finally {
			stopping.close();
		}
	}

	/** What compose.yaml runs, and in addition a header that names the instance. */
	private static String configuration(int port, SampleInstance first, SampleInstance second) {
		try (InputStream in = Nginx.class.getResourceAsStream("/nginx/app.conf")) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("listen 80;", "listen " + port + ";")
				.replace("app-1:8080", "127.0.0.1:" + first.address().getPort())
				.replace("app-2:8080", "127.0.0.1:" + second.address().getPort())
				.replace("proxy_pass http://app;", "proxy_pass http://app; add_header X-Instance $upstream_addr;");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// Requests go to both in turn, and each second attempt is one more.
	private static void awaitStreamOf(SampleInstance instance, Page page) {
		for (int attempt = 0; attempt < 20; attempt++) {
			if (attempt % 2 == 0) {
				page.evaluate("fetch('/api/me').then((response) => response.text())");
			}
			Response stream = page.waitForResponse("**/api/stream*", page::reload);
			if (stream.headerValue("X-Instance").endsWith(":" + instance.address().getPort())) {
				Viewer.awaitLive(page);
				return;
			}
		}
		throw new AssertionError("Never the stream's turn");
	}

	@Test
	void pageThatIsComeBackToShowsWhatItMissed() {
		Page desk = viewer().login(a.address(), "mart-7");
		desk.navigate(b.address().resolve("/login").toString());
		a.order(7, "while on another page");
		desk.goBack();
		assertThat(desk.locator("#desk .row").first()).containsText("while on another page");
		Viewer.awaitLive(desk);
		assertThat(desk.locator("#line")).isEmpty();
		a.order(7, "after coming back");
		assertThat(desk.locator("#desk .row").first()).containsText("after coming back");
	}

	@Test
	void pageThatWasKeptForTheBackButtonGoesOnWhereItWasLeft() {
		Viewer owner = viewer();
		owner.login(a.address(), "mart-7").close();
		Page desk = owner.tab();
		// What must not be stored is not kept; an application may allow it.
		desk.route("**/*", PagesUnderFaultsIT::withoutCacheControl);
		desk.navigate(a.address().toString());
		Viewer.awaitLive(desk);
		// A browser that is short of time or memory does not keep it.
		int visit = 1;
		while (!isKeptWhileAway(desk, visit)) {
			assertThat(visit).isLessThan(10);
			visit++;
			Viewer.awaitLive(desk);
		}
		assertThat(desk.locator("#desk .row").first()).containsText("while on page " + visit);
		Viewer.awaitLive(desk);
		assertThat(Viewer.said(desk)).doesNotContain("reloaded");
		a.order(7, "after coming back");
		assertThat(desk.locator("#desk .row").first()).containsText("after coming back");
	}

	private static boolean isKeptWhileAway(Page desk, int visit) {
		desk.evaluate("""
				window.kept = false;
				addEventListener('pageshow', ({ persisted }) => { window.kept = persisted; });
				undefined""");
		desk.navigate(b.address().resolve("/login").toString());
		a.order(7, "while on page " + visit);
		// Not goBack(), which waits for a page that is loaded.
		desk.evaluate("history.back()");
		desk.waitForFunction(
				"(origin) => location.origin === origin && window.kept !== false && document.readyState === 'complete'",
				a.address().toString());
		return (Boolean) desk.evaluate("window.kept === true");
	}

	private static void withoutCacheControl(Route route) {
		if (route.request().url().contains("/api/stream")) {
			route.resume();
			return;
		}
		APIResponse response = route.fetch();
		Map<String, String> headers = new HashMap<>(response.headers());
		headers.keySet().removeAll(List.of("cache-control", "pragma", "expires"));
		route.fulfill(new Route.FulfillOptions().setResponse(response).setHeaders(headers));
	}

	@Test
	void pageThatCannotBeLoadedSaysSoAndIsTriedAgain() {
		Viewer owner = viewer();
		owner.login(a.address(), "mart-7").close();
		Page desk = owner.tab();
		desk.route("**/api/me",
				(route) -> route.fulfill(new Route.FulfillOptions().setStatus(503)
					.setContentType("application/problem+json")
					.setBody("{\"detail\":\"Not now; please try again.\"}")));
		desk.navigate(a.address().toString());
		assertThat(desk.locator("#line")).containsText("could not be loaded: Not now; please try again.");
		assertThat(desk.locator("#content")).isHidden();
		Viewer.screenshot(desk, "not-loaded");
		desk.unroute("**/api/me");
		desk.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try again")).click();
		Viewer.awaitLive(desk);
		takeNetworkErrors(owner);
	}

	@Test
	void resetReloadsThePageAndSaysSo() {
		Viewer owner = viewer();
		owner.login(a.address(), "mart-7").close();
		Page desk = owner.tab();
		desk.route("**/api/me", PagesUnderFaultsIT::withUnknownLastEventId);
		desk.navigate(a.address().toString());
		Viewer.awaitSaid(desk, "so everything was reloaded");
		Viewer.screenshot(desk, "reset");
		a.order(7, "after the reset");
		assertThat(desk.locator("#desk .row").first()).containsText("after the reset");
	}

	private static void withUnknownLastEventId(Route route) {
		String body = route.fetch().text();
		route.fulfill(new Route.FulfillOptions().setContentType("application/json")
			.setBody(JsonPath.parse(body).set("$.lastEventId", "gone-1").jsonString()));
	}

}
