package io.github.sseredis.push;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link PushStatus}. */
@ExtendWith(OutputCaptureExtension.class)
class PushStatusTests {

	private final AtomicLong nanos = new AtomicLong();

	private final PushStatus status = new PushStatus("Orders.place(Order), topic = \"x\"", this.nanos::get);

	@Test
	void logsOneLineWhenEveryPushFails(CapturedOutput output) {
		for (int i = 0; i < 100; i++) {
			this.status.failed(new IllegalStateException("first\nsecond"));
			this.nanos.addAndGet(Duration.ofSeconds(10).toNanos());
		}
		assertThat(output.getAll()).containsOnlyOnce("WARN")
			.contains("Push of Orders.place(Order), topic = \"x\" fails")
			.contains("first second");
	}

	@Test
	void logsWhenPushWorksAgain(CapturedOutput output) {
		this.status.succeeded();
		this.status.failed(new IllegalStateException("no"));
		this.status.succeeded();
		this.status.succeeded();
		assertThat(output.getAll()).containsOnlyOnce("works again");
	}

	@Test
	void logsOneLinePerMinuteWhenFailuresAndSuccessesAlternate(CapturedOutput output) {
		for (int i = 0; i < 100; i++) {
			this.status.failed(new IllegalStateException("no"));
			this.status.succeeded();
		}
		assertThat(output.getAll()).containsOnlyOnce("WARN");
		this.nanos.addAndGet(Duration.ofMinutes(1).toNanos());
		this.status.failed(new IllegalStateException("no"));
		assertThat(output.getAll()).contains("before, not logged: 99");
	}

}
