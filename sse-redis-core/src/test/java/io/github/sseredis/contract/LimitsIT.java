package io.github.sseredis.contract;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.SseBlock;
import io.github.sseredis.test.StreamEnd;
import io.github.sseredis.web.ConnectionLimits;
import io.github.sseredis.web.Limit;
import io.github.sseredis.web.PrincipalPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What becomes of a connection that an instance admits no more of. */
@ExtendWith(OutputCaptureExtension.class)
class LimitsIT {

	private static final Duration SOON = Duration.ofSeconds(20);

	@Test
	void countsRefusalsAndMakesNoNoise(CapturedOutput output) throws Exception {
		try (Instance instance = Instance.local().limits(new ConnectionLimits(1, 0, 0, 2)).start();
				RawSseClient admitted = RawSseClient.open(instance.stream("a"))) {
			admitted.awaitBlocks(1);
			for (URI refused : List.of(instance.stream("a"), instance.stream("b"), instance.stream("a", "b", "c"))) {
				try (RawSseClient client = RawSseClient.open(refused)) {
					assertRefused(client);
				}
			}
			assertThat(instance.registry().refusalCount(Limit.CONNECTIONS)).isEqualTo(2);
			assertThat(instance.registry().refusalCount(Limit.TOPICS_PER_CONNECTION)).isEqualTo(1);
			assertThat(output).doesNotContain("WARN").doesNotContain("ERROR").doesNotContain("Exception");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TOMCAT", "JETTY" })
	void endsTheOldestOfThePrincipalWhenItIsToMakeRoom(WebServer webServer) throws Exception {
		ConnectionLimits limits = new ConnectionLimits(0, 2, 0, 0, PrincipalPolicy.END_OLDEST);
		try (Instance instance = Instance.local().on(webServer).limits(limits).start();
				RawSseClient other = RawSseClient.open(of(instance, "sue"));
				RawSseClient first = RawSseClient.open(of(instance, "jin"))) {
			other.awaitBlocks(1);
			first.awaitBlocks(1);
			try (RawSseClient second = RawSseClient.open(of(instance, "jin"))) {
				second.awaitBlocks(1);
				try (RawSseClient third = RawSseClient.open(of(instance, "jin"))) {
					assertThat(third.awaitBlocks(1).get(0).id()).isNotNull();
					assertRefused(first);
					await().until(() -> instance.registry().connectionCount() == 3);
					instance.broadcaster().broadcast("a", "x").join();
					for (RawSseClient open : List.of(other, second, third)) {
						assertThat(open.awaitBlock(SseBlock::isEvent, SOON).data()).isEqualTo("x");
					}
				}
			}
			assertThat(instance.registry().refusalCount(Limit.PER_PRINCIPAL)).isEqualTo(1);
		}
	}

	@Test
	void keepsWhatThePrincipalHasWhenTheNewIsToBeRefused() throws Exception {
		ConnectionLimits limits = new ConnectionLimits(0, 1, 0, 0, PrincipalPolicy.REFUSE_NEW);
		try (Instance instance = Instance.local().limits(limits).start();
				RawSseClient first = RawSseClient.open(of(instance, "jin"))) {
			first.awaitBlocks(1);
			try (RawSseClient second = RawSseClient.open(of(instance, "jin"))) {
				assertRefused(second);
			}
			assertThat(instance.registry().connections()).hasSize(1);
			assertThat(first.end()).isEqualTo(StreamEnd.NONE);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 129, 4000 })
	void refusesAnIdThatIsTooLongAndReplacesIt(int length) throws Exception {
		try (Instance instance = Instance.local().start();
				RawSseClient client = RawSseClient.to(instance.stream("a")).lastEventId("x".repeat(length)).open()) {
			assertRefused(client);
			assertThat(client.blocks()).filteredOn(SseBlock::isEvent).singleElement().satisfies((reset) -> {
				assertThat(reset.type()).isEqualTo("reset");
				assertThat(reset.data()).isEqualTo("{\"reason\":\"malformed\",\"topics\":[\"a\"]}");
			});
			assertThat(instance.registry().refusalCount(Limit.LAST_EVENT_ID)).isEqualTo(1);
			instance.broadcaster().broadcast("a", "meanwhile").join();
			try (RawSseClient back = RawSseClient.to(instance.stream("a")).lastEventId(client.lastEventId()).open()) {
				assertThat(back.awaitBlock(SseBlock::isEvent, SOON).data()).isEqualTo("meanwhile");
			}
		}
	}

	@Test
	void servesTheLongestIdThereIs() throws Exception {
		try (Instance instance = Instance.local().start();
				RawSseClient client = RawSseClient.to(instance.stream("a")).lastEventId("x".repeat(128)).open()) {
			assertThat(client.awaitBlock(SseBlock::isEvent, SOON).type()).isEqualTo("reset");
			assertThat(client.end()).isEqualTo(StreamEnd.NONE);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TOMCAT", "JETTY" })
	void endsWhenTheAuthenticationExpires(WebServer webServer, CapturedOutput output) throws Exception {
		try (Instance instance = Instance.local().on(webServer).start()) {
			Instant at = Instant.now().plusMillis(700);
			try (RawSseClient client = RawSseClient.open(instance.uri("/expires?topic=a&at=" + at));
					RawSseClient expired = RawSseClient.open(instance.uri("/expires?topic=a&at=" + Instant.EPOCH));
					RawSseClient never = RawSseClient
						.open(instance.uri("/expires?topic=a&at=%2B1000000000-12-31T00:00:00Z"))) {
				assertThat(client.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
				assertThat(Instant.now()).isAfterOrEqualTo(at);
				assertThat(expired.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
				never.awaitBlocks(1);
				assertThat(never.end()).isEqualTo(StreamEnd.NONE);
			}
			assertThat(output).doesNotContain("WARN").doesNotContain("ERROR").doesNotContain("Exception");
		}
	}

	@Test
	void applicationCanRefuseWithAReason() throws Exception {
		try (Instance instance = Instance.local().start();
				RawSseClient client = RawSseClient.open(instance.uri("/refuses"))) {
			assertRefused(client);
			assertThat(client.blocks()).filteredOn(SseBlock::isEvent)
				.singleElement()
				.satisfies((event) -> assertThat(event.type() + " " + event.data()).isEqualTo("closed on Sundays"));
			assertThat(client.lastEventId()).isEmpty();
			await().until(() -> instance.registry().connectionCount() == 0);
		}
	}

	// The reconnect time of an instance in tests is 100 ms.
	private static void assertRefused(RawSseClient client) {
		assertThat(client.awaitEnd(SOON)).isEqualTo(StreamEnd.COMPLETE);
		assertThat(client.status()).isEqualTo(200);
		assertThat(client.reconnectionTime()).isBetween(1000L, 1500L);
	}

	private static URI of(Instance instance, String user) {
		return URI.create(instance.stream("a") + "&user=" + user);
	}

}
