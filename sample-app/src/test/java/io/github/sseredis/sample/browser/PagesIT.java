package io.github.sseredis.sample.browser;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.jayway.jsonpath.JsonPath;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.github.sseredis.sample.SampleCluster;
import io.github.sseredis.sample.SampleInstance;
import io.github.sseredis.test.TcpProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

/** What users see, on two instances; the screenshots are in target/screenshots. */
@Tag("full")
class PagesIT {

	private static final SampleCluster cluster = SampleCluster.shared();

	private static final SampleInstance a = cluster.a();

	private static final SampleInstance b = cluster.b();

	private static Chromium chromium;

	private final List<Viewer> viewers = new ArrayList<>();

	@BeforeAll
	static void startBrowser() {
		chromium = Chromium.start();
		setDefaultAssertionTimeout(30_000);
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

	private Viewer viewer() {
		return viewer(new Browser.NewContextOptions().setViewportSize(1280, 900));
	}

	private Viewer viewer(Browser.NewContextOptions options) {
		Viewer viewer = chromium.viewer(options);
		this.viewers.add(viewer);
		return viewer;
	}

	@Test
	void loginSaysWhatIsWrongAndLeadsToThePage() {
		Page page = viewer().tab();
		page.navigate(a.address().toString());
		page.getByLabel("User", new Page.GetByLabelOptions().setExact(true)).fill("customer-2");
		page.getByLabel("Password").fill("wrong");
		page.keyboard().press("Enter");
		assertThat(page.getByRole(AriaRole.ALERT)).containsText("do not go together");
		Viewer.screenshot(page, "login");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("customer-2")).click();
		Viewer.awaitLive(page);
		assertThat(page.locator("#viewer")).hasText("customer-2");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log out")).click();
		assertThat(page.getByRole(AriaRole.ALERT)).containsText("logged out");
		assertThat(page.url()).endsWith("/login?logout");
	}

	@Test
	void orderRingsOnTwoTabsOnTwoInstances() {
		Viewer owner = viewer();
		Page deskOnA = owner.login(a.address(), "mart-7");
		Page deskOnB = owner.open(b.address());
		for (Page desk : List.of(deskOnA, deskOnB)) {
			// Before its user has done something on it, a page may not make a sound.
			assertThat(desk.locator("#sound")).hasText("Sound: click first");
			desk.locator("#desk h2").click();
			assertThat(desk.locator("#sound")).hasText("Sound on");
		}
		Page customer = viewer().login(a.address(), "customer-1");
		assertThat(customer.locator("#desk")).isHidden();
		customer.getByLabel("Item").fill("Bibimbap");
		customer.getByLabel("Quantity").fill("3");
		customer.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Order").setExact(true)).click();
		assertThat(customer.locator("#order .note")).hasText("Ordered: 3 × Bibimbap. It rings at Seven Mart.");
		for (Page desk : List.of(deskOnA, deskOnB)) {
			assertThat(desk.locator("#desk .row").first()).containsText("3 ×Bibimbap");
			assertThat(desk.locator("#desk")).hasAttribute("data-rung", "1");
		}
		Viewer.screenshot(deskOnB, "order-desk");
		deskOnA.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sound on")).click();
		assertThat(deskOnB.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sound off"))
			.or(deskOnB.locator("#sound"))).isVisible();
		a.order(7, "In silence");
		assertThat(deskOnA.locator("#desk .row").first()).containsText("In silence");
		assertThat(deskOnA.locator("#desk")).hasAttribute("data-rung", "1");
	}

	@Test
	void wrongFieldIsSaidAtTheField() {
		Page customer = viewer().login(a.address(), "customer-1");
		customer.getByLabel("Item").fill(" ");
		customer.getByLabel("Quantity").fill("0");
		customer.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Order").setExact(true)).click();
		assertThat(customer.locator("#order .field:has([name=item]) .error")).hasText("Must not be blank.");
		assertThat(customer.getByLabel("Item")).isFocused();
		Viewer.screenshot(customer, "problem");
		takeNetworkErrors(this.viewers.get(0));
	}

	@Test
	void badgeAndReadStateAreInStepOverTabsAndInstances() {
		a.post("customer-1", "/api/notifications/read-all", null);
		Viewer customer = viewer();
		Page onA = customer.login(a.address(), "customer-1");
		Page onB = customer.open(b.address());
		assertThat(onA.locator("#badge")).isHidden();
		a.post("admin", "/api/campaigns/4/close", null);
		for (Page tab : List.of(onA, onB)) {
			assertThat(tab.locator("#badge")).hasText("1");
			assertThat(tab).hasTitle(Pattern.compile("^\\(1\\) "));
			assertThat(tab.locator("#notifications .row.unread")).containsText("cookbook");
		}
		onA.locator("#notifications .row.unread")
			.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Mark as read"))
			.click();
		for (Page tab : List.of(onA, onB)) {
			assertThat(tab.locator("#badge")).isHidden();
			assertThat(tab.locator("#notifications .row.unread")).hasCount(0);
		}
		b.post("admin", "/api/campaigns/5/close", null);
		assertThat(onB.locator("#badge")).hasText("1");
		Viewer.screenshot(onB, "notifications");
		onB.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Mark all read")).click();
		assertThat(onA.locator("#badge")).isHidden();
		int rows = onA.locator("#notifications .row").count();
		onB.locator("#notifications .row")
			.first()
			.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete"))
			.click();
		assertThat(onA.locator("#notifications .row")).hasCount(rows - 1);
	}

	@Test
	void offlinePageSaysSoAndHowManyEventsItCaughtUp() {
		try (TcpProxy wire = TcpProxy.to("localhost", a.address().getPort())) {
			Viewer owner = viewer();
			Page desk = owner.login(URI.create("http://localhost:" + wire.port()), "mart-7");
			wire.refuse();
			assertThat(desk.locator("#connection")).hasText("Offline");
			assertThat(desk.locator("#line")).containsText(Pattern.compile("Offline. Reconnecting in \\d+ s"));
			Viewer.screenshot(desk, "offline");
			for (int i = 1; i <= 7; i++) {
				b.order(7, "while away " + i);
			}
			wire.release();
			assertThat(desk.locator("#line")).hasText("Back online. 7 events caught up.");
			Viewer.screenshot(desk, "resumed");
			assertThat(desk.locator("#desk .row").first()).containsText("while away 7");
			takeNetworkErrors(owner);
		}
	}

	@Test
	void pageCarriesOnWhenItsInstanceStops() {
		SampleInstance stopping = cluster.startThird();
		try (TcpProxy balancer = TcpProxy.to("localhost", stopping.address().getPort())) {
			Viewer owner = viewer();
			Page desk = owner.login(URI.create("http://localhost:" + balancer.port()), "mart-7");
			balancer.redirect("localhost", b.address().getPort());
			stopping.close();
			a.order(7, "after the stop");
			assertThat(desk.locator("#desk .row").first()).containsText("after the stop");
			Viewer.awaitLive(desk);
			assertThat(desk.locator("#line")).not().containsText("reloaded");
			// The session too: what needs one works on the other instance.
			desk.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Upload")).click();
			assertThat(desk.locator("#videos .row")).hasCount(1);
			takeNetworkErrors(owner);
		}
		finally {
			stopping.close();
		}
	}

	@Test
	void resetReloadsThePageAndSaysSo() {
		Viewer owner = viewer();
		owner.login(a.address(), "mart-7").close();
		Page desk = owner.tab();
		desk.route("**/api/me", PagesIT::withUnknownLastEventId);
		desk.navigate(a.address().toString());
		assertThat(desk.locator("#line")).containsText("so everything was reloaded");
		Viewer.screenshot(desk, "reset");
		a.order(7, "after the reset");
		assertThat(desk.locator("#desk .row").first()).containsText("after the reset");
	}

	private static void withUnknownLastEventId(Route route) {
		String body = route.fetch().text();
		route.fulfill(new Route.FulfillOptions().setContentType("application/json")
			.setBody(JsonPath.parse(body).set("$.lastEventId", "gone-1").jsonString()));
	}

	@Test
	void uploadShowsItsProgressAndThenThePicture() {
		Page customer = viewer().login(a.address(), "customer-2");
		customer.getByLabel("Title").fill("A day at the sea");
		customer.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Upload")).click();
		Locator video = customer.locator("#videos .row").first();
		assertThat(video.getByRole(AriaRole.PROGRESSBAR)).isVisible();
		Viewer.screenshot(customer, "upload");
		assertThat(video.locator("img")).isVisible();
		assertThat(video.getByRole(AriaRole.LINK)).hasAttribute("href", Pattern.compile("/api/videos/\\d+/film"));
		Viewer.screenshot(customer, "video-ready");
	}

	@Test
	void administratorClosesACampaignAndAnnouncesToEverybody() {
		Page customer = viewer().login(b.address(), "customer-2");
		Page admin = viewer().login(a.address(), "admin");
		admin.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Close Board game: The Lighthouse"))
			.click();
		assertThat(admin.locator("#campaigns .row", new Page.LocatorOptions().setHasText("Lighthouse")))
			.containsText("5,004 of 5,004 backers told");
		admin.getByLabel("Text").fill("We close at ten tonight");
		admin.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Announce").setExact(true)).click();
		for (Page page : List.of(admin, customer)) {
			assertThat(page.locator("#announcement")).containsText("We close at ten tonight");
		}
		Viewer.screenshot(admin, "administrator");
		customer.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Dismiss the announcement")).click();
		assertThat(customer.locator("#announcement")).isHidden();
	}

	@Test
	void narrowAndDarkPagesShowEverything() {
		a.order(7, "Kimbap with a name that is longer than a narrow screen is wide");
		Page narrow = viewer(new Browser.NewContextOptions().setViewportSize(360, 800).setDeviceScaleFactor(2))
			.login(a.address(), "mart-7");
		assertThat(narrow.locator("#desk .row").first()).containsText("Kimbap");
		assertThat((Boolean) narrow.evaluate("document.documentElement.scrollWidth <= innerWidth")).isTrue();
		Viewer.screenshotOfAll(narrow, "narrow");
		Page dark = viewer(new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK).setViewportSize(1280, 900))
			.login(a.address(), "mart-7");
		assertThat(dark.locator("#desk .row").first()).containsText("Kimbap");
		Viewer.screenshot(dark, "dark");
	}

	@Test
	void everythingCanBeReachedByKeyboardAndHasAName() {
		Page page = viewer().login(a.address(), "mart-7");
		page.keyboard().press("Tab");
		assertThat(page.getByText("Skip to the content")).isFocused();
		page.keyboard().press("Enter");
		page.keyboard().press("Tab");
		assertThat((Boolean) page.evaluate("document.querySelector('main').contains(document.activeElement)")).isTrue();
		assertThat((List<?>) page.evaluate(
				"""
						[...document.querySelectorAll('button, input:not([type=hidden]), select, progress, a')]
						  .filter((each) => !(each.labels?.length || each.getAttribute('aria-label') || each.textContent.trim()))
						  .map((each) => each.outerHTML)"""))
			.isEmpty();
	}

	// A browser itself says on the console what it could not load: here that is the test.
	private static void takeNetworkErrors(Viewer viewer) {
		assertThat(viewer.takeErrors()).allSatisfy((error) -> assertThat(error).startsWith("Failed to load resource"));
	}

}
