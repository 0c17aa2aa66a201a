package io.github.sseredis.push;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.sseredis.SsePush;
import org.junit.jupiter.api.Test;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SsePush} on event methods. */
class PushEventListenerTests {

	@Test
	void pushesResultOnceAndPublishesNoEventWhenEventArrives() {
		try (var context = PushConfiguration.start(Listener.class, Events.class)) {
			context.publishEvent(new Placed(7));
			assertThat(published(context)).containsExactly("mart:7 event: order data: Notice[text=placed 7]");
			assertThat(context.getBean(Events.class).seen).containsExactly(new Placed(7));
		}
	}

	@Test
	void pushesOnceWhenEventMethodIsCalledDirectly() {
		try (var context = PushConfiguration.start(Listener.class, Events.class)) {
			assertThat(context.getBean(Listener.class).on(new Placed(7))).isNotNull();
			assertThat(published(context)).hasSize(1);
			assertThat(context.getBean(Events.class).seen).isEmpty();
		}
	}

	@Test
	void publishesElementsNeitherWhenResultIsCollection() {
		try (var context = PushConfiguration.start(CollectionListener.class, Events.class)) {
			context.publishEvent(new Placed(1));
			assertThat(published(context)).containsExactly("list data: [Notice[text=a], Notice[text=b]]");
			assertThat(context.getBean(Events.class).seen).containsExactly(new Placed(1));
		}
	}

	@Test
	void pushesDataWhenEventMethodReturnsNothing() {
		try (var context = PushConfiguration.start(VoidListener.class)) {
			context.publishEvent(new Placed(3));
			assertThat(published(context)).containsExactly("void data: 3");
		}
	}

	@Test
	void pushesValueOfStageAndPublishesNoEvent() {
		try (var context = PushConfiguration.start(StageListener.class, Events.class)) {
			context.publishEvent(new Placed(3));
			assertThat(published(context)).containsExactly("stage data: Notice[text=later]");
			assertThat(context.getBean(Events.class).seen).containsExactly(new Placed(3));
		}
	}

	@Test
	void keepsConditionAndOrderOfListener() {
		try (var context = PushConfiguration.start(OrderedListener.class)) {
			context.publishEvent(new Placed(1));
			assertThat(published(context)).isEmpty();
			context.publishEvent(new Placed(8));
			assertThat(published(context)).containsExactly("early data: 8", "late data: 8");
		}
	}

	@Test
	void republishesResultWhenListenerDoesNotPush() {
		try (var context = PushConfiguration.start(PlainListener.class, Events.class)) {
			context.publishEvent(new Placed(1));
			assertThat(context.getBean(Events.class).seen).contains(new Notice("plain"));
		}
	}

	@Test
	void takesListenerAndPushFromMetaAnnotation() {
		try (var context = PushConfiguration.start(MetaListener.class, Events.class)) {
			context.publishEvent(new Placed(5));
			assertThat(published(context)).containsExactly("meta data: Notice[text=meta]");
			assertThat(context.getBean(Events.class).seen).containsExactly(new Placed(5));
		}
	}

	@Test
	void isNoListenerWhenOnlyAnnotationIsSsePush() {
		try (var context = PushConfiguration.start(NoListener.class)) {
			context.publishEvent("text");
			context.publishEvent(new PayloadApplicationEvent<>(this, "text"));
			assertThat(context.getBean(NoListener.class).calls()).isZero();
			assertThat(published(context)).isEmpty();
			context.getBean(NoListener.class).push("text");
			assertThat(published(context)).containsExactly("t data: text");
		}
	}

	@Test
	void pushesWithoutProxyWhenClassIsFinal() {
		try (var context = PushConfiguration.start(FinalListener.class)) {
			assertThat(AopUtils.isAopProxy(context.getBean(FinalListener.class))).isFalse();
			context.publishEvent(new Placed(2));
			assertThat(published(context)).containsExactly("final data: 2");
		}
	}

	@Test
	void pushesWithoutProxyWhenBeanIsRegisteredByHand() {
		try (var context = PushConfiguration
			.start((starting) -> starting.getBeanFactory().registerSingleton("byHand", new VoidListener()))) {
			context.publishEvent(new Placed(2));
			assertThat(published(context)).containsExactly("void data: 2");
		}
	}

	@Test
	void pushesOnceWhenBeanIsScopedProxyOrLazyOrPrototype() {
		try (var context = PushConfiguration.start((starting) -> {
			starting.getBeanFactory().registerScope("thread", new SimpleThreadScope());
			starting.registerBean("lazy", VoidListener.class, (definition) -> definition.setLazyInit(true));
		}, ScopedListeners.class)) {
			context.publishEvent(new Placed(4));
			assertThat(published(context)).containsExactlyInAnyOrder("void data: 4", "void data: 4", "void data: 4");
		}
	}

	@Test
	void pushesOnceWhenTwoBeansAreOneObject() {
		try (var context = PushConfiguration.start(Twins.class)) {
			context.getBean("first", PlainService.class).work();
			assertThat(published(context)).containsExactly("work data: 1");
		}
	}

	private static List<String> published(AnnotationConfigApplicationContext context) {
		return context.getBean(RecordingBroadcaster.class).published();
	}

	record Placed(int mart) {

	}

	record Notice(String text) {

	}

	static class Events {

		private final List<Object> seen = new CopyOnWriteArrayList<>();

		@EventListener
		void on(Placed placed) {
			this.seen.add(placed);
		}

		@EventListener
		void on(Notice notice) {
			this.seen.add(notice);
		}

	}

	static class Listener {

		@EventListener
		@SsePush(topic = "'mart:' + #placed.mart", event = "order")
		Notice on(Placed placed) {
			return new Notice("placed " + placed.mart());
		}

	}

	static class CollectionListener {

		@EventListener
		@SsePush(topic = "'list'")
		List<Notice> on(Placed placed) {
			return List.of(new Notice("a"), new Notice("b"));
		}

	}

	static class VoidListener {

		@EventListener
		@SsePush(topic = "'void'", data = "#placed.mart")
		public void on(Placed placed) {
		}

	}

	static class StageListener {

		@EventListener
		@SsePush(topic = "'stage'")
		CompletableFuture<Notice> on(Placed placed) {
			return CompletableFuture.completedFuture(new Notice("later"));
		}

	}

	static class OrderedListener {

		@EventListener(condition = "#placed.mart > 5")
		@Order(Ordered.LOWEST_PRECEDENCE)
		@SsePush(topic = "'late'")
		int late(Placed placed) {
			return placed.mart();
		}

		@EventListener(classes = Placed.class, condition = "#root.event.payload.mart > 5")
		@Order(Ordered.HIGHEST_PRECEDENCE)
		@SsePush(topic = "'early'")
		int early(Placed placed) {
			return placed.mart();
		}

	}

	static class PlainListener {

		@EventListener
		Notice on(Placed placed) {
			return new Notice("plain");
		}

		@SsePush(topic = "'other'")
		Notice other() {
			return new Notice("other");
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@EventListener
	@SsePush(topic = "'meta'")
	@interface PushOnEvent {

	}

	static class MetaListener {

		@PushOnEvent
		Notice on(Placed placed) {
			return new Notice("meta");
		}

	}

	static class NoListener {

		private int calls;

		int calls() {
			return this.calls;
		}

		@SsePush(topic = "'t'")
		String push(String text) {
			this.calls++;
			return text;
		}

	}

	static final class FinalListener {

		@EventListener
		@SsePush(topic = "'final'")
		int on(Placed placed) {
			return placed.mart();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ScopedListeners {

		@Bean
		@Scope(value = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
		VoidListener scoped() {
			return new VoidListener();
		}

		@Bean
		@Scope("prototype")
		VoidListener prototype() {
			return new VoidListener();
		}

	}

	static class PlainService {

		@SsePush(topic = "'work'")
		public int work() {
			return 1;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Twins {

		@Bean
		PlainService first() {
			return new PlainService();
		}

		@Bean
		PlainService second(@Qualifier("first") PlainService first) {
			return first;
		}

	}

}
