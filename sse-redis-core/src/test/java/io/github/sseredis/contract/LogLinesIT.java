package io.github.sseredis.contract;

import java.time.Duration;

import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.SseBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** What the log says of single events and clients: nothing, unless one asks for it. */
@ExtendWith(OutputCaptureExtension.class)
class LogLinesIT {

	private static final String LOGGER = "io.github.sseredis";

	private static final Duration SOON = Duration.ofSeconds(20);

	@Test
	void showsEachSubscribeAndPublishAtDebug(CapturedOutput output) throws Exception {
		try (Instance instance = Instance.local().start()) {
			LoggingSystem.get(LogLinesIT.class.getClassLoader()).setLogLevel(LOGGER, LogLevel.DEBUG);
			publishToTwoClients(instance);
			assertThat(output.toString()).contains("Connection [a] opened after")
				.contains("2 connections here")
				.contains("Publish to 'a'")
				.contains(" bytes, 2 connections here");
		}
		finally {
			LoggingSystem.get(LogLinesIT.class.getClassLoader()).setLogLevel(LOGGER, null);
		}
	}

	@Test
	void hasNoLineForAnEventOrAClientAtInfo(CapturedOutput output) throws Exception {
		try (Instance instance = Instance.local().start()) {
			long before = lines(output);
			publishToTwoClients(instance);
			assertThat(lines(output)).isEqualTo(before);
		}
	}

	private static void publishToTwoClients(Instance instance) throws Exception {
		try (RawSseClient one = RawSseClient.open(instance.stream("a"));
				RawSseClient other = RawSseClient.open(instance.stream("a"))) {
			one.awaitBlocks(1);
			other.awaitBlocks(1);
			instance.broadcaster().broadcast("a", "x").join();
			assertThat(one.awaitBlock(SseBlock::isEvent, SOON).data()).isEqualTo("x");
			assertThat(other.awaitBlock(SseBlock::isEvent, SOON).data()).isEqualTo("x");
		}
	}

	private static long lines(CapturedOutput output) {
		return output.toString().lines().filter((line) -> line.contains("sseredis")).count();
	}

}
