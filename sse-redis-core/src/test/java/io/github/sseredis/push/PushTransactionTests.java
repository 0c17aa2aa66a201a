package io.github.sseredis.push;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.sseredis.PushPhase;
import io.github.sseredis.SsePush;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.BeanInitializationException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Tests for {@link SsePush} together with transactions and asynchronous calls. */
class PushTransactionTests {

	@ParameterizedTest
	@ValueSource(classes = { DefaultOrder.class, FirstOrder.class, LastOrder.class })
	void evaluatesInsideTransactionAndPublishesAfterCommit(Class<?> configuration) {
		try (var context = PushConfiguration.start(configuration, Service.class, Managers.class)) {
			context.getBean(Service.class).place();
			assertThat(published(context)).containsExactly("t data: in transaction");
			assertThat(managers(context)).containsExactly("begin", "commit with 0 published");
		}
	}

	@Test
	void publishesNothingWhenTransactionRollsBack() {
		try (var context = PushConfiguration.start(DefaultOrder.class, Service.class, Managers.class)) {
			assertThatIllegalStateException().isThrownBy(() -> context.getBean(Service.class).placeTwiceAndFail());
			new TransactionTemplate(context.getBean(RecordingTransactionManager.class))
				.executeWithoutResult((status) -> {
					context.getBean(Service.class).place();
					status.setRollbackOnly();
				});
			assertThat(published(context)).isEmpty();
			assertThat(context.getBean(Pusher.class).failed()).isZero();
		}
	}

	@Test
	void publishesNothingWhenCommitFails() {
		try (var context = PushConfiguration.start(DefaultOrder.class, Service.class, Managers.class)) {
			context.getBean(RecordingTransactionManager.class).failCommit();
			assertThatExceptionOfType(UnexpectedRollbackException.class)
				.isThrownBy(() -> context.getBean(Service.class).place());
			assertThat(published(context)).isEmpty();
		}
	}

	@Test
	void publishesWhateverBecomesOfTransactionWhenPhaseIsNow() {
		try (var context = PushConfiguration.start(DefaultOrder.class, Service.class, Managers.class)) {
			new TransactionTemplate(context.getBean(RecordingTransactionManager.class))
				.executeWithoutResult((status) -> {
					context.getBean(Service.class).now();
					status.setRollbackOnly();
				});
			assertThat(published(context)).containsExactly("now data: 1");
		}
	}

	@Test
	void bindsCompletedStageToTransaction() {
		try (var context = PushConfiguration.start(DefaultOrder.class, Service.class, Managers.class)) {
			new TransactionTemplate(context.getBean(RecordingTransactionManager.class))
				.executeWithoutResult((status) -> {
					context.getBean(Service.class).stage(CompletableFuture.completedFuture("x"));
					status.setRollbackOnly();
				});
			assertThat(published(context)).isEmpty();
		}
	}

	@Test
	void publishesAtOnceWhenStageCompletesInTransactionOfAnother() {
		try (var context = PushConfiguration.start(DefaultOrder.class, Service.class, Managers.class)) {
			CompletableFuture<String> stage = new CompletableFuture<>();
			context.getBean(Service.class).stage(stage);
			new TransactionTemplate(context.getBean(RecordingTransactionManager.class))
				.executeWithoutResult((status) -> {
					stage.complete("x");
					assertThat(published(context)).containsExactly("stage data: x");
				});
		}
	}

	@Test
	void pushesOnceForEachPhaseWhenListenersAreTransactional() {
		try (var context = PushConfiguration.start(DefaultOrder.class, Listener.class, Managers.class)) {
			RecordingTransactionManager manager = context.getBean(RecordingTransactionManager.class);
			new TransactionTemplate(manager).executeWithoutResult((status) -> {
				context.publishEvent("e");
				assertThat(published(context)).isEmpty();
			});
			assertThat(published(context)).containsExactlyInAnyOrder("before data: e", "after data: e", "new data: e");
			assertThat(manager.calls()).startsWith("begin", "commit with 0 published", "begin").hasSize(4);
		}
	}

	@Test
	void pushesNothingWhenTransactionOfEventRollsBack() {
		try (var context = PushConfiguration.start(DefaultOrder.class, Listener.class, Managers.class)) {
			new TransactionTemplate(context.getBean(RecordingTransactionManager.class))
				.executeWithoutResult((status) -> {
					context.publishEvent("e");
					status.setRollbackOnly();
				});
			assertThat(published(context)).containsExactly("rolled back data: e");
		}
	}

	@Test
	void pushesOnlyFallbackWhenEventHasNoTransaction() {
		try (var context = PushConfiguration.start(DefaultOrder.class, Listener.class, FallbackListener.class,
				Managers.class)) {
			context.publishEvent("e");
			assertThat(published(context)).containsExactly("fallback data: e");
		}
	}

	@Test
	void refusesTransactionOfAfterCommitListenerAsSpringDoes() {
		assertThatExceptionOfType(BeanInitializationException.class)
			.isThrownBy(() -> PushConfiguration.start(DefaultOrder.class, WrongListener.class, Managers.class).close())
			.withMessageContaining("REQUIRES_NEW or NOT_SUPPORTED");
	}

	@Test
	void pushesOnAsyncThreadInsideItsTransaction() {
		try (var context = PushConfiguration.start(DefaultOrder.class, Asynchronous.class, AsyncService.class,
				Managers.class)) {
			AsyncService service = context.getBean(AsyncService.class);
			service.later();
			Awaitility.await().untilAsserted(() -> assertThat(published(context)).hasSize(1));
			assertThat(published(context).get(0)).startsWith("async data: in transaction on async-");
			assertThat(managers(context)).containsExactly("begin", "commit with 0 published");
		}
	}

	@Test
	void pushesOnAsyncThreadWhenListenerIsAsyncAndReturnsNothing() {
		try (var context = PushConfiguration.start(DefaultOrder.class, Asynchronous.class, AsyncListener.class,
				Managers.class)) {
			new TransactionTemplate(context.getBean(RecordingTransactionManager.class))
				.executeWithoutResult((status) -> context.publishEvent(5));
			Awaitility.await().untilAsserted(() -> assertThat(published(context)).hasSize(2));
			assertThat(published(context)).containsExactlyInAnyOrder("void async data: 5", "async data: 6");
		}
	}

	@Test
	void isLastInChainOfAdvisors() {
		try (var context = PushConfiguration.start(DefaultOrder.class, Asynchronous.class, AsyncService.class,
				Managers.class)) {
			Advisor[] advisors = ((Advised) context.getBean(AsyncService.class)).getAdvisors();
			assertThat(advisors).hasSize(3);
			assertThat(advisors[2]).isInstanceOf(PushAdvisor.class);
		}
	}

	private static List<String> published(AnnotationConfigApplicationContext context) {
		return context.getBean(RecordingBroadcaster.class).published();
	}

	private static List<String> managers(AnnotationConfigApplicationContext context) {
		return context.getBean(RecordingTransactionManager.class).calls();
	}

	public static String where() {
		return TransactionSynchronizationManager.isActualTransactionActive() ? "in transaction" : "outside";
	}

	@EnableTransactionManagement
	static class DefaultOrder {

	}

	@EnableTransactionManagement(order = Ordered.HIGHEST_PRECEDENCE)
	static class FirstOrder {

	}

	@EnableTransactionManagement(order = Ordered.LOWEST_PRECEDENCE, proxyTargetClass = true)
	static class LastOrder {

	}

	@EnableAsync
	@Configuration(proxyBeanMethods = false)
	static class Asynchronous {

		@Bean
		SimpleAsyncTaskExecutor taskExecutor() {
			return new SimpleAsyncTaskExecutor("async-");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Managers {

		@Bean
		RecordingTransactionManager transactionManager(RecordingBroadcaster broadcaster) {
			return new RecordingTransactionManager(broadcaster);
		}

	}

	static class Service {

		@Transactional
		@SsePush(topic = "'t'", data = "T(io.github.sseredis.push.PushTransactionTests).where()")
		public String place() {
			return "x";
		}

		@Transactional
		@SsePush(topic = "'t'")
		public String placeTwiceAndFail() {
			place();
			throw new IllegalStateException();
		}

		@SsePush(topic = "'now'", phase = PushPhase.NOW)
		public int now() {
			return 1;
		}

		@SsePush(topic = "'stage'")
		public CompletableFuture<String> stage(CompletableFuture<String> stage) {
			return stage;
		}

	}

	static class Listener {

		@TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
		@SsePush(topic = "'before'")
		public String before(String event) {
			return event;
		}

		@TransactionalEventListener
		@SsePush(topic = "'after'")
		public String after(String event) {
			return event;
		}

		@TransactionalEventListener
		@Transactional(propagation = Propagation.REQUIRES_NEW)
		@SsePush(topic = "'new'")
		public String inNew(String event) {
			return event;
		}

		@TransactionalEventListener(phase = TransactionPhase.AFTER_ROLLBACK)
		@SsePush(topic = "'rolled back'")
		public String rolledBack(String event) {
			return event;
		}

	}

	static class FallbackListener {

		@TransactionalEventListener(fallbackExecution = true)
		@SsePush(topic = "'fallback'")
		public String fallback(String event) {
			return event;
		}

	}

	static class WrongListener {

		@TransactionalEventListener
		@Transactional
		@SsePush(topic = "'wrong'")
		public String wrong(String event) {
			return event;
		}

	}

	static class AsyncService {

		@Async
		@Transactional
		@SsePush(topic = "'async'")
		public CompletableFuture<String> later() {
			return CompletableFuture.completedFuture(where() + " on " + Thread.currentThread().getName());
		}

	}

	static class AsyncListener {

		@Async
		@TransactionalEventListener
		@SsePush(topic = "'void async'", data = "#event")
		public void on(Integer event) {
		}

		@Async
		@TransactionalEventListener
		@SsePush(topic = "'async'")
		public CompletableFuture<Integer> with(Integer event) {
			return CompletableFuture.completedFuture(event + 1);
		}

	}

}
