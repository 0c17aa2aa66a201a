package com.example.secured;

import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitUntilState;
import io.github.sseredis.SseEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static com.example.secured.ClientTabs.await;
import static com.example.secured.ClientTabs.number;
import static com.example.secured.ClientTabs.range;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The JavaScript client in Chromium: pages that are put aside and return, and pages that
 * close it when it is least expected.
 */
@Tag("full")
class ClientLifecycleBrowserIT {

	@RegisterExtension
	final ClientTabs tabs = new ClientTabs();

	// Chromium tells both of a page for the back button; it freezes no page that can be
	// seen,
	// and here all can.
	@ParameterizedTest
	@CsvSource({ "document, freeze, resume", "window, pagehide, pageshow" })
	void leadingTabThatIsPutAsideLetsOthersLeadAndGoesOnWhenItReturns(String target, String leave, String comeBack) {
		List<Page> pages = this.tabs.open(2, "frozen", "{ share: 'frozen' }");
		this.tabs.publish("frozen", 5);
		pages.forEach(this.tabs::awaitAllSeen);
		pages.get(0).evaluate(target + ".dispatchEvent(new Event('" + leave + "'))");
		this.tabs.publish("frozen", 5);
		this.tabs.awaitAllSeen(pages.get(1));
		assertThat(number(pages.get(0), "seen.length")).isEqualTo(5);
		pages.get(0).evaluate(target + ".dispatchEvent(new Event('" + comeBack + "'))");
		this.tabs.publish("frozen", 5);
		pages.forEach(this.tabs::awaitAllSeen);
		await().until(() -> this.tabs.connections("frozen") == 1);
		assertThat(this.tabs.resets(pages)).isEqualTo(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{ share: 'back' }", "{}" })
	void pageThatIsKeptForTheBackButtonGoesOnWhereItWas(String options) {
		Page page = this.tabs.open("back", options);
		Page other = this.tabs.open("back", options);
		this.tabs.publish("back", 5);
		this.tabs.awaitAllSeen(page);
		page.evaluate("addEventListener('pageshow', ({ persisted }) => window.kept = persisted), true");
		long before = this.tabs.connections("back");
		page.navigate(this.tabs.uri("/page?next"));
		this.tabs.publish("back", 5);
		this.tabs.awaitAllSeen(other);
		await().until(() -> this.tabs.connections("back") == 1);
		// A page that comes back does not load.
		page.goBack(new Page.GoBackOptions().setWaitUntil(WaitUntilState.COMMIT));
		await().until(() -> Boolean.TRUE.equals(page.evaluate("window.kept")));
		this.tabs.awaitAllSeen(page);
		this.tabs.publish("back", 5);
		List.of(page, other).forEach(this.tabs::awaitAllSeen);
		await().until(() -> this.tabs.connections("back") == before);
		assertThat(this.tabs.resets(List.of(page, other))).isEqualTo(0);
	}

	@Test
	void tabThatReturnsIsToldWhatBecameOfTheConnectionMeanwhile() {
		List<Page> pages = this.tabs.open(2, "meanwhile", "{ share: 'meanwhile' }");
		this.tabs.publish("meanwhile", 1);
		pages.forEach(this.tabs::awaitAllSeen);
		this.tabs.gate().refuse("meanwhile", 503);
		this.tabs.end("meanwhile");
		Page returning = pages.get(1);
		await().until(() -> "waiting".equals(returning.evaluate("states.at(-1).state")));
		freeze(returning);
		this.tabs.gate().open();
		await().until(() -> number(pages.get(0), "states.at(-1).caughtUp ?? -1") == 0);
		thaw(returning);
		this.tabs.awaitOpen(returning);
	}

	@Test
	void tabThatReturnsHasAtOnceWhatCameWhileItWasAway() {
		Page first = this.tabs.open("away", "{ share: 'away' }");
		Page second = this.tabs.open("away", "{ share: 'away', lastEventId: '" + this.tabs.elsewhere() + "' }");
		await().until(() -> this.tabs.gate().requests("away") == 2);
		await().until(() -> this.tabs.connections("away") == 1);
		freeze(second);
		this.tabs.publish("away", 3);
		this.tabs.awaitAllSeen(first);
		thaw(second);
		this.tabs.awaitAllSeen(second);
	}

	@Test
	void eventsMayBeNamedAsThoseOfAnEventSource() {
		Page page = this.tabs.page();
		page.evaluate("open('/stream?topic=named', {}, ['open', 'error'])");
		this.tabs.awaitOpen(page);
		this.tabs.broadcaster().broadcast("named", SseEvent.of("error", 1));
		this.tabs.broadcaster().broadcast("named", SseEvent.of("open", 2));
		await().until(() -> page.evaluate("seen").equals(List.of(1, 2)));
		assertThat(page.evaluate("states.map(({ state }) => state)")).isEqualTo(List.of("connecting", "open"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{ share: 'snapshot' } | 0
			{}                    | 1
			""")
	void whatTheServerWritesAtAnOpeningComesAtEachEvenIfItIsTheSame(String options, int before) {
		List<Page> pages = List.of(this.tabs.page(), this.tabs.page());
		for (int i = 0; i < 2; i++) {
			Page page = pages.get(i);
			page.evaluate("open('/stream?topic=snapshot', " + options + ", ['hello'])");
			this.tabs.awaitOpen(page);
			int first = (i == 0) ? 1 : before;
			await().until(() -> number(page, "seen.length") == first);
		}
		this.tabs.end("snapshot");
		await().until(() -> number(pages.get(0), "seen.length") == 2);
		await().until(() -> number(pages.get(1), "seen.length") == before + 1);
	}

	@Test
	void waitsLongerThanItIsAskedToByARandomTime() {
		Page page = this.tabs.page();
		this.tabs.gate().refuse("later", 503);
		page.evaluate("open('/stream?topic=later&retryAfter=1')");
		String wait = "states.find(({ state }) => state === 'waiting')?.retryIn ?? 0";
		await().until(() -> number(page, wait) > 0);
		assertThat(number(page, wait)).isBetween(1001, 2000);
		this.tabs.gate().open();
		this.tabs.awaitOpen(page);
	}

	@Test
	void tabsHaveAStreamEachWhereLocksAreDenied() {
		this.tabs.context().addInitScript("""
				if (navigator.locks) {
				  navigator.locks.request = () => Promise.reject(new DOMException("denied", "SecurityError"));
				}""");
		List<Page> pages = this.tabs.open(2, "denied", "{ share: 'denied' }");
		this.tabs.publish("denied", 3);
		pages.forEach(this.tabs::awaitAllSeen);
		assertThat(this.tabs.connections("denied")).isEqualTo(2);
	}

	@Test
	void listenerThatClosesTheClientReceivesNothingMoreOfWhatWasMissed() {
		Page first = this.tabs.open("enough", "{ share: 'enough' }");
		String id = this.tabs.broadcaster().broadcast("enough", SseEvent.of("order", "first")).join().toString();
		await().until(() -> number(first, "seen.length") == 1);
		this.tabs.broadcaster().broadcast("enough", SseEvent.of("order", "second"));
		this.tabs.broadcaster().broadcast("enough", SseEvent.of("order", "third"));
		await().until(() -> number(first, "seen.length") == 3);
		Page page = this.tabs.page();
		page.evaluate("open('/stream?topic=enough', { share: 'enough', lastEventId: '" + id + "' }), "
				+ "client.on('order', (data, { lastEventId }) => { client.close(); window.last = lastEventId; }), true");
		await().until(() -> number(page, "seen.length") >= 1);
		assertThat(page.evaluate("seen")).isEqualTo(List.of("second"));
		assertThat(page.evaluate("client.lastEventId === last")).isEqualTo(true);
		assertThat(page.evaluate("states.at(-1)")).isEqualTo(Map.of("state", "closed"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "never", "" })
	void clientThatIsClosedWhileItConnectsLeavesNoConnection(String share) {
		Page page = this.tabs.page();
		page.evaluate("open('/stream?topic=never" + share + "', { share: '" + share + "' }), "
				+ "client.on('state', ({ state }) => state === 'connecting' && silent.close()), "
				+ "window.silent = client, open('/stream?topic=never" + share + "')");
		await()
			.until(() -> page.evaluate("[silent.state.state, client.state.state]").equals(List.of("closed", "open")));
		assertThat(this.tabs.connections("never" + share)).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{ share: 'reopened' }", "{}" })
	void clientThatIsClosedAsItReopensTellsNothingMore(String options) {
		Page page = this.tabs.open("reopened", options);
		page.evaluate("client.on('state', ({ state }) => state === 'open' && client.close()), true");
		this.tabs.end("reopened");
		await().until(() -> "closed".equals(page.evaluate("client.state.state")));
		// Longer than it counts what it has caught up.
		page.evaluate("new Promise((resolve) => setTimeout(resolve, 500))");
		assertThat(page.evaluate("states.slice(states.findIndex(({ state }) => state === 'closed'))"))
			.isEqualTo(List.of(Map.of("state", "closed")));
		await().until(() -> this.tabs.connections("reopened") == 0);
	}

	private static void freeze(Page page) {
		page.evaluate("document.dispatchEvent(new Event('freeze'))");
	}

	private static void thaw(Page page) {
		page.evaluate("document.dispatchEvent(new Event('resume'))");
	}

}
