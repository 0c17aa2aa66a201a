package com.example.secured;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import io.github.sseredis.SseEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.example.secured.ClientTabs.PATIENCE;
import static com.example.secured.ClientTabs.await;
import static com.example.secured.ClientTabs.number;
import static com.example.secured.ClientTabs.range;
import static org.assertj.core.api.Assertions.assertThat;

/** The JavaScript client in Chromium: one tab, and several that share a connection. */
@Tag("full")
class ClientBrowserIT {

	@RegisterExtension
	final ClientTabs tabs = new ClientTabs();

	@Test
	void sixTabsShareOneConnectionAndEachHasEveryEventOnce() {
		List<Page> pages = this.tabs.open(6, "six", "{ share: 'six' }");
		this.tabs.publish("six", 20);
		pages.forEach(this.tabs::awaitAllSeen);
		assertThat(this.tabs.connections("six")).isEqualTo(1);
	}

	@Test
	void nothingIsMissedAndNothingComesTwiceWhenTheLeadingTabIsClosed() {
		List<Page> pages = this.tabs.open(4, "closed", "{ share: 'closed' }");
		hasAnId("closed", pages);
		for (int i = 0; i < 2; i++) {
			this.tabs.publish("closed", 10);
			pages.remove(0).close();
			this.tabs.publish("closed", 10);
			pages.forEach(this.tabs::awaitAllSeen);
		}
		await().until(() -> this.tabs.connections("closed") == 1);
		await()
			.until(() -> number(pages.get(0), "states.findLast(({ state }) => state === 'open').caughtUp ?? -1") >= 0);
		assertThat(this.tabs.resets(pages)).isEqualTo(0);
	}

	@Test
	void nothingIsMissedAndNothingComesTwiceWhenTheLeadingTabCrashes() {
		List<Page> pages = this.tabs.open(3, "crashed", "{ share: 'crashed' }");
		hasAnId("crashed", pages);
		this.tabs.publish("crashed", 10);
		crash(pages.remove(0));
		this.tabs.publish("crashed", 10);
		pages.forEach(this.tabs::awaitAllSeen);
		assertThat(this.tabs.resets(pages)).isEqualTo(0);
	}

	@Test
	void tabThatIsAheadOfANewLeaderDropsWhatThatBringsAgain() {
		List<Page> pages = this.tabs.open(2, "ahead", "{ share: 'ahead' }");
		Page other = this.tabs.page();
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
		this.tabs.publish("ahead", 3);
		await().until(() -> number(other, "heard.length") == 3);
		pages.forEach(this.tabs::awaitAllSeen);
		other.evaluate("lead(heard[0])");
		this.tabs.publish("ahead", 2);
		this.tabs.awaitAllSeen(pages.get(1));
		assertThat(this.tabs.resets(pages)).isEqualTo(0);
	}

	@Test
	void tabThatJoinsWithAnIdUnknownToOthersHasWhatCameAfterIt() {
		Page first = this.tabs.open(1, "joined", "{ share: 'joined' }").get(0);
		this.tabs.publish("joined", 3);
		this.tabs.awaitAllSeen(first);
		String unknown = this.tabs.elsewhere();
		this.tabs.publish("joined", 3);
		this.tabs.awaitAllSeen(first);
		Page second = this.tabs.open("joined", "{ share: 'joined', lastEventId: '" + unknown + "' }");
		await().until(() -> number(second, "seen.length") == 3);
		await().until(() -> this.tabs.connections("joined") == 1);
		this.tabs.publish("joined", 3);
		this.tabs.awaitAllSeen(first);
		await().until(() -> second.evaluate("seen").equals(range(3, 9)));
		assertThat(this.tabs.resets(List.of(first, second))).isEqualTo(0);
	}

	@Test
	void tabThatSearchesMeetsTheOthersAtWhatTheyHaveHadBefore() {
		Page first = this.tabs.open("met", "{ share: 'met' }");
		this.tabs.publish("met", 3);
		this.tabs.awaitAllSeen(first);
		this.tabs.gate().refuse("met", 503);
		Page second = this.tabs.page();
		second.evaluate("open('/stream?topic=met', { share: 'met', lastEventId: '" + this.tabs.elsewhere() + "' })");
		await().until(() -> this.tabs.gate().refused() >= 2);
		this.tabs.publish("met", 2);
		this.tabs.awaitAllSeen(first);
		this.tabs.gate().open();
		await().until(() -> second.evaluate("seen").equals(range(3, 5)));
		await().until(() -> this.tabs.connections("met") == 1);
		this.tabs.publish("met", 1);
		await().until(() -> second.evaluate("seen").equals(range(3, 6)));
		assertThat(this.tabs.resets(List.of(first, second))).isEqualTo(0);
	}

	@Test
	void tabThatIsAheadOfTheLeaderMeetsItWhereItIs() {
		Page first = this.tabs.open("behind", "{ share: 'behind' }");
		this.tabs.publish("behind", 3);
		this.tabs.awaitAllSeen(first);
		this.tabs.gate().refuse("behind", 503);
		this.tabs.end("behind");
		String ahead = this.tabs.broadcaster().broadcast("behind", SseEvent.of("order", "listed")).join().toString();
		Page second = this.tabs.page();
		second.evaluate("open('/stream?topic=behind', { share: 'behind', lastEventId: '" + ahead + "' })");
		await().until(() -> this.tabs.gate().refused() >= 3);
		this.tabs.gate().open();
		await().until(() -> first.evaluate("seen.at(-1)").equals("listed"));
		// It searches no more.
		await().during(Duration.ofSeconds(2)).until(() -> this.tabs.connections("behind") == 1);
		this.tabs.broadcaster().broadcast("behind", SseEvent.of("order", "new"));
		await().until(() -> second.evaluate("seen").equals(List.of("new")));
		assertThat(this.tabs.resets(List.of(first, second))).isEqualTo(0);
	}

	@Test
	void tabThatJoinsWhileNothingHappensHasWhatHappensThen() {
		Page first = this.tabs.open(1, "quiet", "{ share: 'quiet' }").get(0);
		this.tabs.publish("quiet", 3);
		this.tabs.awaitAllSeen(first);
		String options = "{ share: 'quiet', lastEventId: '" + this.tabs.elsewhere() + "' }";
		List<Page> others = List.of(this.tabs.open("quiet", options), this.tabs.open("quiet", options));
		// While it leads, it does not know where they are.
		first.evaluate("const close = client.close(); 0");
		this.tabs.publish("quiet", 3);
		others.forEach((tab) -> await().until(() -> tab.evaluate("seen").equals(range(3, 6))));
		await().until(() -> this.tabs.connections("quiet") == 1);
		this.tabs.publish("quiet", 3);
		others.forEach((tab) -> await().until(() -> tab.evaluate("seen").equals(range(3, 9))));
		assertThat(this.tabs.resets(others)).isEqualTo(0);
	}

	@Test
	void tabsListenToMoreThanTheLeadingOne() {
		Page leader = this.tabs.open(1, "types", "{ share: 'types' }").get(0);
		Page other = this.tabs.page();
		other.evaluate("open('/stream?topic=types', { share: 'types' }, ['order', 'video'])");
		this.tabs.awaitOpen(other);
		this.tabs.broadcaster().broadcast("types", SseEvent.of("video", 100));
		await().until(() -> other.evaluate("seen").equals(List.of(100)));
		leader.close();
		this.tabs.broadcaster().broadcast("types", SseEvent.of("video", 101));
		this.tabs.publish("types", 1);
		await().until(() -> other.evaluate("seen").equals(List.of(100, 101, 0)));
	}

	@Test
	void resetReachesAllTabs() {
		this.tabs.gate().refuse("reset", 503);
		List<Page> pages = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			pages.add(this.tabs.page());
			pages.get(i).evaluate("open('/stream?topic=reset', { share: 'reset', lastEventId: 'of-another-time' })");
			await().until(() -> number(pages.get(0), "states.length") > 1);
		}
		this.tabs.gate().open();
		pages.forEach((tab) -> await().until(() -> tab.evaluate("resets[0]?.topics ?? []").equals(List.of("reset"))));
	}

	@Test
	void ticketsAreTakenAnewOverEndsOfLives() {
		Page page = this.tabs.page();
		page.evaluate("open('/ticketed', { ticket })");
		this.tabs.awaitOpen(page);
		await().pollInterval(Duration.ofMillis(20)).until(() -> {
			this.tabs.publish("tickets", 1);
			return number(page, "tickets") >= 4;
		});
		this.tabs.awaitAllSeen(page);
		assertThat(number(page, "resets.length")).isEqualTo(0);
		page.evaluate("client.close()");
	}

	@Test
	void streamGoesOnAfterAProxyThatRefusedIt() {
		Page page = this.tabs.open("refused", "{}");
		// Comes at each opening, and is nothing that was caught up.
		page.evaluate("client.on('hello', () => {}), true");
		this.tabs.publish("refused", 3);
		this.tabs.awaitAllSeen(page);
		this.tabs.gate().refuse("refused", 503);
		this.tabs.end("refused");
		await().until(() -> this.tabs.gate().refused() >= 4);
		assertThat(page.evaluate("states.findLast(({ state }) => state !== 'connecting').state")).isEqualTo("waiting");
		assertThat(page.evaluate("states.findLast(({ state }) => state === 'waiting').retryIn >= 0")).isEqualTo(true);
		this.tabs.publish("refused", 7);
		this.tabs.gate().open();
		this.tabs.awaitAllSeen(page);
		await().until(() -> number(page, "states.at(-1).caughtUp ?? -1") == 7);
		this.tabs.publish("refused", 1);
		this.tabs.awaitAllSeen(page);
	}

	@Test
	void streamThatIsRefusedForGoodIsNotAskedForAgain() {
		List<Page> pages = this.tabs.open(3, "final", "{ share: 'final' }");
		this.tabs.gate().refuse("final", 401);
		this.tabs.end("final");
		for (Page tab : pages) {
			await().until(() -> tab.evaluate("states.at(-1)").equals(Map.of("state", "closed", "status", 401)));
		}
		Awaitility.await()
			.during(Duration.ofSeconds(3))
			.atMost(PATIENCE)
			.until(() -> this.tabs.gate().refused() == 2 && this.tabs.connections("final") == 0);
	}

	@Test
	void pageIsToldWhenNobodyKnowsWhereItsStreamEnded() {
		Page page = this.tabs.open("unknown", "{}");
		List<Page> sharing = this.tabs.open(2, "nowhere", "{ share: 'nowhere' }");
		sharing.get(0).close();
		awaitGap(sharing.get(1));
		this.tabs.gate().refuse("unknown", 503);
		this.tabs.end("unknown");
		await().until(() -> this.tabs.gate().refused() >= 2);
		this.tabs.gate().open();
		awaitGap(page);
	}

	private static void awaitGap(Page page) {
		await().until(() -> page.evaluate("resets")
			.equals(List.of(Map.of("reason", "unknown-position", "topics", List.of()))));
	}

	// A tab that has had no event yet cannot tell where it was.
	private void hasAnId(String topic, List<Page> pages) {
		this.tabs.publish(topic, 1);
		pages.forEach(this.tabs::awaitAllSeen);
	}

	private static void crash(Page page) {
		try {
			page.navigate("chrome://crash", new Page.NavigateOptions().setTimeout(2000));
		}
		catch (PlaywrightException ex) {
			// As it should.
		}
	}

}
