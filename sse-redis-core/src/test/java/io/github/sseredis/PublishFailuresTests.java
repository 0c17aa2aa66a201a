package io.github.sseredis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.sseredis.BroadcastException.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class PublishFailuresTests {

	private static final BroadcastException reason = new BroadcastException(Outcome.NOT_SENT, "for a test", null);

	private final Logger logger = (Logger) LoggerFactory.getLogger(Broadcaster.class);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

	private final PublishFailures failures = new PublishFailures(this.now::get);

	@BeforeEach
	void listen() {
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	@AfterEach
	void leave() {
		this.logger.detachAppender(this.appender);
	}

	@Test
	void firstFailureIsLoggedWithItsReason() {
		this.failures.unobserved(reason);
		assertThat(lines()).containsExactly("WARN Publishing fails, and nobody is waiting for the result "
				+ "(1 such failures so far): not sent: for a test");
	}

	@Test
	void failuresInARowAreCountedAndNotLogged() {
		for (int i = 0; i < 1000; i++) {
			this.failures.unobserved(reason);
		}
		assertThat(this.failures.count()).isEqualTo(1000);
		assertThat(lines()).hasSize(1);
	}

	@Test
	void lastingFailureIsLoggedAgainAfterAMinute() {
		this.failures.unobserved(reason);
		pass(Duration.ofSeconds(59));
		this.failures.unobserved(reason);
		assertThat(lines()).hasSize(1);
		pass(Duration.ofSeconds(1));
		this.failures.unobserved(reason);
		assertThat(lines()).hasSize(2).last().asString().contains("(3 such failures");
	}

	@Test
	void recoveryIsLoggedOnce() {
		this.failures.unobserved(reason);
		this.failures.succeeded();
		this.failures.succeeded();
		assertThat(lines()).hasSize(2).last().isEqualTo("INFO Publishing works again");
	}

	@Test
	void successIsNotLoggedWhenNothingFailed() {
		this.failures.succeeded();
		assertThat(lines()).isEmpty();
	}

	@Test
	void failuresAmongSuccessesAreNotALineEach() {
		for (int i = 0; i < 100; i++) {
			this.failures.unobserved(reason);
			this.failures.succeeded();
		}
		assertThat(lines()).hasSize(2);
	}

	private void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
	}

	private List<String> lines() {
		return this.appender.list.stream()
			.filter((event) -> event.getLevel().isGreaterOrEqual(Level.INFO))
			.map((event) -> event.getLevel() + " " + event.getFormattedMessage())
			.toList();
	}

}
