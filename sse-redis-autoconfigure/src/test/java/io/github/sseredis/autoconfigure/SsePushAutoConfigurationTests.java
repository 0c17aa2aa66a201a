package io.github.sseredis.autoconfigure;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.SsePush;
import io.github.sseredis.push.InvalidPushException;
import io.github.sseredis.push.PushEventListenerFactory;
import io.github.sseredis.push.PushPostProcessor;
import io.github.sseredis.push.Pusher;
import io.github.sseredis.push.RecordingBroadcaster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SsePushAutoConfiguration}. */
@ExtendWith(OutputCaptureExtension.class)
class SsePushAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SsePushAutoConfiguration.class, AopAutoConfiguration.class))
		.withBean(Orders.class)
		.withBean(Listener.class)
		.withBean(Events.class);

	private final ApplicationContextRunner withBroadcaster = this.runner.withBean(RecordingBroadcaster.class);

	@Test
	void pushesWhenBroadcasterIsDefined() {
		this.withBroadcaster.run((context) -> {
			context.getBean(Orders.class).place(7);
			context.publishEvent("event");
			assertThat(published(context)).containsExactly("mart:7 data: 7", "listener data: 5");
			assertThat(context.getBean(Events.class).seen).isEmpty();
			assertThat(context.getBean(Pusher.class).published()).isEqualTo(2);
		});
	}

	@Test
	void pushesWhenBroadcasterIsAutoConfigured() {
		this.runner.withConfiguration(AutoConfigurations.of(ZBroadcasterAutoConfiguration.class)).run((context) -> {
			context.getBean(Orders.class).place(7);
			assertThat(published(context)).containsExactly("mart:7 data: 7");
		});
	}

	@Test
	void processesNothingWhenThereIsNoBroadcaster() {
		this.runner.run(this::assertNothingIsProcessed);
	}

	@Test
	void processesNothingWhenDisabled() {
		this.withBroadcaster.withPropertyValues("sse.enabled=false").run((context) -> {
			assertNothingIsProcessed(context);
			assertThat(published(context)).isEmpty();
		});
	}

	@Test
	void startsWithMistakesWhenDisabled() {
		this.withBroadcaster.withPropertyValues("sse.enabled=false")
			.withBean(Wrong.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void failsWhenAnnotationIsWrong() {
		this.withBroadcaster.withBean(Wrong.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidPushException.class)
				.hasMessageContaining("Wrong.push(int)")
				.hasMessageContaining("#idd"));
	}

	@Test
	void failsWhenLazyBeanIsWrong() {
		this.withBroadcaster.withBean("lazy", Wrong.class, Wrong::new)
			.withInitializer((context) -> context
				.addBeanFactoryPostProcessor((factory) -> factory.getBeanDefinition("lazy").setLazyInit(true)))
			.run((context) -> assertThat(context).getFailure().isInstanceOf(InvalidPushException.class));
	}

	@Test
	void proxiesClassesUnlessToldOtherwise() {
		ApplicationContextRunner withService = this.withBroadcaster.withBean("service", Service.class,
				ServiceOfInterface::new);
		withService
			.run((context) -> assertThat(AopUtils.isCglibProxy(context.getBean("service"))).as("CGLIB proxy").isTrue());
		withService.withPropertyValues("spring.aop.auto=false")
			.run((context) -> assertThat(AopUtils.isCglibProxy(context.getBean("service"))).as("CGLIB proxy").isTrue());
		withService.withPropertyValues("spring.aop.proxy-target-class=false").run((context) -> {
			assertThat(AopUtils.isJdkDynamicProxy(context.getBean("service"))).as("JDK proxy").isTrue();
			context.getBean(Service.class).serve();
			assertThat(published(context)).containsExactly("service data: served");
		});
	}

	@Test
	void pushesWhenBeanIsLambda() {
		this.withBroadcaster.withBean("lambda", Service.class, () -> () -> "served").run((context) -> {
			context.getBean(Service.class).serve();
			assertThat(published(context)).containsExactly("service data: served");
		});
	}

	@Test
	void pushesOnAsyncThreadOfHost() {
		this.withBroadcaster.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.withUserConfiguration(AsyncHost.class)
			.run((context) -> {
				context.getBean(AsyncService.class).work();
				Awaitility.await().untilAsserted(() -> assertThat(published(context)).hasSize(1));
				assertThat(published(context).get(0)).startsWith("async data: task-");
			});
	}

	@Test
	void makesNoOtherBeanEarly(CapturedOutput output) {
		this.withBroadcaster.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("is not eligible for getting processed by all BeanPostProcessors");
	}

	@Test
	void backsOffWhenHostDefinesItsOwn() {
		this.withBroadcaster.withUserConfiguration(OwnBeans.class).run((context) -> {
			assertThat(context).getBean(Pusher.class).isSameAs(context.getBean("ownPusher"));
			assertThat(context).getBean(PushPostProcessor.class).isSameAs(context.getBean("ownPostProcessor"));
			assertThat(context).getBean(PushEventListenerFactory.class).isSameAs(context.getBean("ownFactory"));
			context.getBean(Orders.class).place(7);
			assertThat(context.getBean("ownPusher", Pusher.class).published()).isOne();
		});
	}

	private void assertNothingIsProcessed(AssertableApplicationContext context) {
		assertThat(context).doesNotHaveBean(Pusher.class)
			.doesNotHaveBean(PushPostProcessor.class)
			.doesNotHaveBean(PushEventListenerFactory.class);
		assertThat(AopUtils.isAopProxy(context.getBean(Orders.class))).isFalse();
		context.publishEvent("event");
		assertThat(context.getBean(Events.class).seen).containsExactly(5);
	}

	private static List<String> published(AssertableApplicationContext context) {
		return context.getBean(RecordingBroadcaster.class).published();
	}

	static class Orders {

		@SsePush(topic = "'mart:' + #mart")
		public int place(int mart) {
			return mart;
		}

	}

	static class Listener {

		@EventListener
		@SsePush(topic = "'listener'")
		public Integer on(String event) {
			return event.length();
		}

	}

	static class Events {

		private final List<Integer> seen = new CopyOnWriteArrayList<>();

		@EventListener
		void on(Integer event) {
			this.seen.add(event);
		}

	}

	static class Wrong {

		@SsePush(topic = "'mart:' + #idd")
		public int push(int id) {
			return id;
		}

	}

	interface Service {

		@SsePush(topic = "'service'")
		String serve();

	}

	static class ServiceOfInterface implements Service {

		@Override
		public String serve() {
			return "served";
		}

	}

	static class AsyncService {

		@Async
		@SsePush(topic = "'async'")
		public CompletableFuture<String> work() {
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

	}

	@EnableAsync
	@Configuration(proxyBeanMethods = false)
	static class AsyncHost {

		@Bean
		AsyncService asyncService() {
			return new AsyncService();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBeans {

		@Bean
		static Pusher ownPusher(ObjectProvider<Broadcaster> broadcaster) {
			return new Pusher(broadcaster);
		}

		@Bean
		static PushPostProcessor ownPostProcessor(Pusher ownPusher) {
			return new PushPostProcessor(ownPusher);
		}

		@Bean
		static PushEventListenerFactory ownFactory(Pusher ownPusher) {
			return new PushEventListenerFactory(ownPusher);
		}

	}

	// Named to come last in the alphabet.
	@AutoConfiguration
	static class ZBroadcasterAutoConfiguration {

		@Bean
		RecordingBroadcaster autoConfiguredBroadcaster() {
			return new RecordingBroadcaster();
		}

	}

}
