package io.github.sseredis.test;

import java.util.List;

import io.github.sseredis.AbstractBroadcaster;
import io.github.sseredis.Broadcaster;
import io.github.sseredis.PushPhase;
import io.github.sseredis.SseEvent;
import io.github.sseredis.log.LocalBroadcaster;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link PushedEvents} in a host that insists on a Redis that is not there. */
@SpringBootTest(classes = PushedEventsTests.Host.class, webEnvironment = WebEnvironment.NONE,
		properties = { "sse.broadcaster=redis", "spring.data.redis.port=1" })
@AutoConfigureSseTest
@TestMethodOrder(MethodOrderer.Random.class)
class PushedEventsTests {

	@Autowired
	private Broadcaster broadcaster;

	@Autowired
	private PushedEvents pushed;

	@Autowired
	private PlatformTransactionManager transactionManager;

	@Test
	void broadcasterIsLocal() {
		assertThat(this.broadcaster).isInstanceOf(LocalBroadcaster.class);
	}

	@RepeatedTest(2)
	void beginsAnewWithEachTestMethod() {
		assertThat(this.pushed).isEmpty();
		assertThat(this.pushed.waitingForCommit()).isEmpty();
		assertThat(this.pushed.rolledBack()).isEmpty();
		this.broadcaster.broadcast("a", 1);
		inTransaction(() -> this.broadcaster.broadcastAfterCommit("a", 2), true);
		assertThat(this.pushed).hasSize(1);
		assertThat(this.pushed.rolledBack()).hasSize(1);
	}

	@Test
	void keepsWhatWasPublishedAsItWasGiven() {
		Object data = List.of("not", "encoded");
		this.broadcaster.broadcast("a", "text");
		((AbstractBroadcaster) this.broadcaster).broadcast("b",
				SseEvent.builder().type("order").data(data).idempotencyKey("k").build(), (id, failure) -> {
				});
		assertThat(this.pushed).containsExactly(new PushedEvent("a", null, "text", null, PushPhase.NOW),
				new PushedEvent("b", "order", data, "k", PushPhase.NOW));
		assertThat(this.pushed).ofType("order").data().first().isSameAs(data);
		assertThat(this.pushed).onTopic("a").data().containsExactly("text");
		assertThat(this.pushed).onTopic("c").isEmpty();
	}

	@Test
	void isPublishedInTheOrderOfPublicationNotOfTheCalls() {
		inTransaction(() -> {
			this.broadcaster.broadcastAfterCommit("a", "after");
			this.broadcaster.broadcast("a", "now");
			assertThat(this.pushed).data().containsExactly("now");
			assertThat(this.pushed.waitingForCommit()).extracting(PushedEvent::data).containsExactly("after");
		}, false);
		assertThat(this.pushed).data().containsExactly("now", "after");
		assertThat(this.pushed).extracting(PushedEvent::phase).containsExactly(PushPhase.NOW, PushPhase.AFTER_COMMIT);
		assertThat(this.pushed.waitingForCommit()).isEmpty();
	}

	@Test
	void isNotPublishedWhenTheTransactionRollsBack() {
		inTransaction(() -> this.broadcaster.broadcastAfterCommit("a", 1), true);
		assertThat(this.pushed).isEmpty();
		assertThat(this.pushed.rolledBack()).extracting(PushedEvent::topic).containsExactly("a");
		assertThat(this.pushed.waitingForCommit()).isEmpty();
	}

	@Test
	@Transactional
	void failureSaysThatEventsWaitWhenTestIsTransactionalItself() {
		this.broadcaster.broadcastAfterCommit("user:42", 1);
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.pushed).onTopic("user:42").hasSize(1))
			.withMessageContaining("is the test method @Transactional?")
			.withMessageContaining("user:42");
	}

	@Test
	void isNotPublishedWhenItCannotBe() {
		assertThat(this.broadcaster.broadcast("$ours", 1)).isCompletedExceptionally();
		assertThat(this.pushed).isEmpty();
	}

	private void inTransaction(Runnable work, boolean rollback) {
		new TransactionTemplate(this.transactionManager).executeWithoutResult((status) -> {
			work.run();
			if (rollback) {
				status.setRollbackOnly();
			}
		});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Host {

	}

}
