package io.github.sseredis.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

import io.github.sseredis.docs.ClientHost.Opening;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Observes real clients, and holds the table of docs/clients.md against it. */
@Tag("full")
class ClientsIT {

	@TempDir
	static Path directory;

	private static ClientBench bench;

	private static ClientHost plainHost;

	private static ClientHost hostWithConnectEvent;

	@BeforeAll
	static void start() throws Exception {
		bench = ClientBench.start(directory);
		plainHost = ClientHost.start(bench.packages());
		hostWithConnectEvent = ClientHost.start(bench.packages(), "sse.connect-event=connect");
	}

	@AfterAll
	static void stop() {
		plainHost.close();
		hostWithConnectEvent.close();
		bench.close();
	}

	@ParameterizedTest
	@EnumSource
	void rowOfTheTableIsWhatIsObserved(ObservedClient client) {
		List<String> cells = cells(client);
		String end = endOf(client);
		assertThat(end).isEqualTo(cells.get(4));
		String name = client.name() + "-cursor";
		Driver driver = client.again(bench, plainHost, plainHost.stream(name));
		try {
			driver = comeBack(client, name, driver, 1);
			Opening afterIdsOnly = plainHost.openings(name).get(1);
			// What was written may still be on its way to a client that shows it.
			Driver current = driver;
			await().untilAsserted(() -> assertThat(takenFor(current, afterIdsOnly)).isEqualTo(cells.get(2)));
			String id = plainHost.publish(name, "1");
			await().until(orders(driver), List.of("1")::equals);
			driver = comeBack(client, name, driver, 2);
			Opening afterAnEvent = plainHost.openings(name).get(2);
			assertThat(cursorOf(afterAnEvent)).isEqualTo(cells.get(3));
			assertThat(afterAnEvent.cursor()).isIn(id, null);
		}
		finally {
			driver.close();
		}
		assertThat(cells.get(5).contains("`sse.connect-event`")).isEqualTo(cells.get(2).equals("ignored"));
	}

	@ParameterizedTest
	@EnumSource
	void clientMissesNothingWithWhatThePageAdds(ObservedClient client) {
		boolean connectEvent = cells(client).get(5).contains("`sse.connect-event`");
		ClientHost host = connectEvent ? hostWithConnectEvent : plainHost;
		String name = client.name() + "-documented";
		try (Driver driver = client.documented(bench, host, host.stream(name))) {
			host.awaitWritten(name);
			host.end(name);
			host.publish(name, "1");
			await().until(orders(driver), List.of("1")::equals);
			await().until(() -> host.isOpen(name));
			host.end(name);
			host.publish(name, "2");
			await().until(orders(driver), List.of("1", "2")::equals);
			await().until(() -> host.isOpen(name));
			host.publish(name, "3");
			await().until(orders(driver), List.of("1", "2", "3")::equals);
			assertThat(driver.notes()).doesNotContain("reset:");
		}
	}

	@ParameterizedTest
	@EnumSource
	void clientIsToldWithWhatThePageAddsThatEventsMayBeMissing(ObservedClient client) {
		String name = client.name() + "-reset";
		String url = plainHost.stream(name) + "&lastEventId=of-another-time";
		try (Driver driver = client.documented(bench, plainHost, url)) {
			await().until(() -> driver.notes().contains("reset:"));
		}
	}

	@Test
	void versionsAreThoseThatAreObserved() throws IOException {
		String packages = ClientBench.resource("package.json");
		String poms = Files.readString(Path.of("pom.xml")) + Files.readString(Page.ROOT.resolve("pom.xml"));
		assertThat(packages).contains("\"event-source-polyfill\": \"" + cells(ObservedClient.POLYFILL).get(1) + "\"")
			.contains("\"@microsoft/fetch-event-source\": \"" + cells(ObservedClient.FETCH).get(1) + "\"")
			.contains("\"eventsource\": \"" + cells(ObservedClient.NODE).get(1) + "\"");
		assertThat(poms).contains("<okhttp.version>" + cells(ObservedClient.OKHTTP_SSE).get(1) + "<")
			.contains("<okhttp-eventsource.version>" + cells(ObservedClient.LAUNCHDARKLY).get(1) + "<");
	}

	/** Ends the first stream of a client, and looks whether it opens a second. */
	private static String endOf(ObservedClient client) {
		String name = client.name() + "-end";
		try (Driver driver = client.plain(bench, plainHost, plainHost.stream(name))) {
			plainHost.awaitWritten(name);
			plainHost.end(name);
			await().until(() -> plainHost.openings(name).size() == 2 || driver.notes().contains("closed:"));
			if (plainHost.openings(name).size() == 2) {
				return "comes back";
			}
			await().during(Duration.ofMillis(500)).until(() -> plainHost.openings(name).size() == 1);
			return "stops";
		}
	}

	/** Ends a stream, and opens it anew if the client has stopped. */
	private static Driver comeBack(ObservedClient client, String name, Driver driver, int openings) {
		await().until(() -> plainHost.openings(name).size() == openings && plainHost.isOpen(name));
		plainHost.awaitWritten(name);
		plainHost.end(name);
		await().until(() -> plainHost.openings(name).size() == openings + 1 || driver.notes().contains("closed:"));
		if (plainHost.openings(name).size() > openings) {
			await().until(() -> plainHost.isOpen(name));
			return driver;
		}
		driver.close();
		Driver next = client.again(bench, plainHost, plainHost.stream(name));
		await().until(() -> plainHost.openings(name).size() == openings + 1 && plainHost.isOpen(name));
		return next;
	}

	private static String takenFor(Driver driver, Opening next) {
		boolean taken = next.cursor() != null;
		if (driver.notes().stream().anyMatch((note) -> note.startsWith("id: "))) {
			return "shown";
		}
		if (driver.notes().contains("message:")) {
			return taken ? "taken as the cursor, and dispatched as an empty message" : "dispatched as an empty message";
		}
		return taken ? "taken as the cursor" : "ignored";
	}

	private static String cursorOf(Opening opening) {
		if (opening.header() != null) {
			return "header `Last-Event-ID`";
		}
		return (opening.query() != null) ? "query `lastEventId`" : "not by itself";
	}

	private static List<String> cells(ObservedClient client) {
		String row = Page.of("docs/clients.md")
			.prose()
			.lines()
			.filter((line) -> line.startsWith("| " + client.row() + " |"))
			.findFirst()
			.orElseThrow();
		return Arrays.stream(row.substring(1, row.length() - 1).split("\\|", -1)).map(String::strip).toList();
	}

	private static Callable<List<String>> orders(Driver driver) {
		return driver::orders;
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20)).pollInSameThread();
	}

}
