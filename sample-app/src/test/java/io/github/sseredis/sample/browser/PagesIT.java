package io.github.sseredis.sample.browser;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

import com.jayway.jsonpath.JsonPath;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What users see, on two instances; the screenshots are in target/screenshots. */
@Tag("full")
class PagesIT extends BrowserFixture {

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
		deskOnA.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sound").setExact(true)).click();
		for (Page desk : List.of(deskOnA, owner.open(a.address()))) {
			assertThat(desk.locator("#sound")).hasText("Sound off");
			assertThat(desk.locator("#sound")).hasAttribute("aria-pressed", "false");
		}
		a.order(7, "In silence");
		assertThat(deskOnA.locator("#desk .row").first()).containsText("In silence");
		assertThat(deskOnA.locator("#desk")).hasAttribute("data-rung", "1");
	}

	@Test
	void wrongFieldsAreSaidAtTheFields() {
		Viewer viewer = viewer();
		Page customer = viewer.login(a.address(), "customer-1");
		customer.getByLabel("Item").fill(" ");
		customer.getByLabel("Quantity").fill("0");
		customer.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Order").setExact(true)).click();
		assertThat(customer.locator("#order .field:has([name=item]) .error")).hasText("Must not be blank.");
		assertThat(customer.locator("#order .field:has([name=quantity]) .error")).hasText("Must be 1 or more.");
		assertThat(customer.getByLabel("Item")).isFocused();
		Viewer.screenshot(customer, "problem");
		takeNetworkErrors(viewer);
	}

	@Test
	void orderIsShownOnTheDesktopWhileNobodyLooksAtThePage() {
		Viewer owner = viewer();
		owner.allowDesktopNotifications(a.address());
		Page desk = owner.login(a.address(), "mart-7");
		assertThat(desk.locator("#alerts")).isHidden();
		desk.evaluate("""
				window.shown = [];
				window.Notification = class extends Notification {
				  constructor(title, options) {
				    super(title, options);
				    window.shown.push(`${title}: ${options.body}`);
				  }
				};
				undefined""");
		a.order(7, "While it is looked at");
		assertThat(desk.locator("#desk .row").first()).containsText("While it is looked at");
		desk.evaluate("Object.defineProperty(document, 'hidden', { value: true }); undefined");
		a.order(7, "While it is hidden");
		assertThat(desk.locator("#desk .row").first()).containsText("While it is hidden");
		assertThat((List<?>) desk.evaluate("shown"))
			.isEqualTo(List.of("New order at Seven Mart: 2 × While it is hidden, for customer-1"));
	}

	@Test
	void olderNotificationsAreShownPageByPage() {
		Page customer = viewer().login(a.address(), "customer-2");
		Locator rows = customer.locator("#notifications .row");
		Locator older = customer.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show older"));
		assertThat(rows).hasCount(20);
		// What has gone meanwhile, or has come, moves the pages.
		rows.first().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete")).click();
		assertThat(rows).hasCount(19);
		assertThat(rows.first().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete")))
			.isFocused();
		older.click();
		assertThat(rows).hasCount(40);
		Viewer.screenshotOfAll(customer, "older");
		older.click();
		assertThat(older).isHidden();
		int total = JsonPath.read(a.get("customer-2", "/api/notifications").body(), "$.total");
		assertThat(rows).hasCount(total);
		assertThat(rows.last()).containsText("A bench for the old harbour");
		List<?> revisions = (List<?>) customer
			.evaluate("[...document.querySelectorAll('#notifications .row')].map((row) => -Number(row.dataset.id))");
		assertThat(revisions).doesNotHaveDuplicates()
			.isSortedAccordingTo(Comparator.comparing(Object::toString, Comparator.comparingInt(Integer::parseInt)));
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
		for (Page tab : List.of(onA, onB)) {
			assertThat(tab.locator("#badge")).hasText("1");
			assertThat(tab.locator("#notifications .row.unread")).hasCount(1);
		}
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
	void uploadShowsItsProgressAndThenThePicture() {
		Page customer = viewer().login(a.address(), "customer-2");
		// It is soon encoded, and then its progress is no longer to be seen.
		customer.evaluate("""
				window.progress = [];
				new MutationObserver(() => {
				  document.querySelectorAll('#videos progress').forEach(({ value }) => progress.push(value));
				}).observe(document.querySelector('#videos ol'), { childList: true });
				undefined""");
		customer.getByLabel("Title").fill("A walk in the hills");
		customer.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Upload")).click();
		customer.waitForFunction("progress.length > 0");
		Viewer.screenshot(customer, "upload");
		Locator video = customer.locator("#videos .row", new Page.LocatorOptions().setHasText("A walk in the hills"));
		assertThat(video.locator("img")).isVisible();
		assertThat(video.getByRole(AriaRole.LINK)).hasAttribute("href", Pattern.compile("/api/videos/\\d+/film"));
		assertThat(((List<?>) customer.evaluate("progress")).stream().map((value) -> ((Number) value).intValue()))
			.isSorted()
			.allMatch((value) -> value < 100);
		Viewer.screenshot(customer, "video-ready");
	}

	@Test
	void administratorClosesACampaignAndAnnouncesToEverybody() {
		Page customer = viewer().login(b.address(), "customer-2");
		Page admin = viewer().login(a.address(), "admin");
		admin.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Close A greenhouse on the roof")).click();
		assertThat(admin.locator("#campaigns .row", new Page.LocatorOptions().setHasText("greenhouse")))
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

	@ParameterizedTest
	@ValueSource(ints = { 360, 640, 864 })
	void narrowPagesShowEverything(int width) {
		a.order(7, "Kimbap with a name that is longer than a narrow screen is wide");
		Page narrow = viewer(new Browser.NewContextOptions().setViewportSize(width, 800).setDeviceScaleFactor(2))
			.login(a.address(), "mart-7");
		assertThat(narrow.locator("#desk .row").first()).containsText("Kimbap");
		assertThat((Boolean) narrow.evaluate("document.documentElement.scrollWidth <= innerWidth")).isTrue();
		Viewer.screenshotOfAll(narrow, "narrow-" + width);
	}

	@Test
	void darkPagesAndThoseOfForcedColoursShowEverything() {
		a.order(7, "Kimbap");
		Viewer owner = viewer();
		Page page = owner.login(a.address(), "mart-7");
		assertThat(page.locator("#desk .row").first()).containsText("Kimbap");
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
		Viewer.screenshot(page, "dark");
		page.emulateMedia(
				new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT).setForcedColors(ForcedColors.ACTIVE));
		Viewer.screenshot(page, "forced-colours");
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

}
