package io.github.sseredis.push;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import io.github.sseredis.SsePush;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Tests for what {@link SsePush} on ordinary methods pushes. */
@ExtendWith(OutputCaptureExtension.class)
class SsePushTests {

	private AnnotationConfigApplicationContext context;

	private Orders orders;

	private RecordingBroadcaster broadcaster;

	private Pusher pusher;

	@BeforeEach
	void start() {
		this.context = PushConfiguration.start(Orders.class, Warehouse.class);
		this.orders = this.context.getBean(Orders.class);
		this.broadcaster = this.context.getBean(RecordingBroadcaster.class);
		this.pusher = this.context.getBean(Pusher.class);
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void pushesResultToTopicOfParameter() {
		assertThat(this.orders.place(7, "tea")).isEqualTo(new Orders.Order(7, "tea"));
		assertThat(this.broadcaster.published()).containsExactly("mart:7 event: order data: Order[mart=7, item=tea]");
		assertThat(this.pusher.published()).isOne();
	}

	@Test
	void pushesToTopicOfResultAndOfPositions() {
		this.orders.byPosition(3, "a");
		assertThat(this.broadcaster.published()).containsExactly("3:a:3:a:b data: b");
	}

	@Test
	void pushesNothingWhenMethodIsCalledFromWithinItsObject() {
		this.orders.placeFromWithin(7, "tea");
		assertThat(this.broadcaster.published()).isEmpty();
	}

	@Test
	void pushesNothingWhenMethodThrows() {
		assertThatIllegalStateException().isThrownBy(() -> this.orders.fail(1)).withMessage("no stock");
		assertThat(this.broadcaster.published()).isEmpty();
		assertThat(this.pusher.failed()).isZero();
	}

	@Test
	void pushesNothingWhenResultIsNull() {
		assertThat(this.orders.maybe(null)).isNull();
		assertThat(this.broadcaster.published()).isEmpty();
		assertThat(this.pusher.failed()).isZero();
	}

	@Test
	void pushesNothingWhenOptionalIsEmpty() {
		assertThat(this.orders.optional(null)).isEmpty();
		assertThat(this.broadcaster.published()).isEmpty();
		assertThat(this.pusher.failed()).isZero();
	}

	@Test
	void pushesWhatOptionalContainsAndCallsItResult() {
		assertThat(this.orders.optional("x")).contains("x");
		assertThat(this.broadcaster.published()).containsExactly("found:x data: x");
	}

	@Test
	void pushesDataWhenResultIsNullOrNothing() {
		this.orders.delete(4);
		this.orders.nullWithData("k");
		this.orders.emptyWithData("k");
		assertThat(this.broadcaster.published()).containsExactly("deleted data: 4", "gone data: k true",
				"gone data: k true");
	}

	@Test
	void countsFailureWhenDataIsNull() {
		this.orders.data(null);
		assertThat(this.broadcaster.published()).isEmpty();
		assertThat(this.pusher.failed()).isOne();
	}

	@Test
	void pushesNewObjectWhenDataCreatesOne() {
		this.orders.created(5);
		assertThat(this.broadcaster.published()).containsExactly("created data: Order[mart=5, item=new]");
	}

	@Test
	void pushesOnlyWhenConditionHolds() {
		this.orders.conditional(1);
		this.orders.conditional(11);
		assertThat(this.broadcaster.published()).containsExactly("big data: 11");
		assertThat(this.pusher.failed()).isZero();
	}

	@Test
	void countsFailureWhenConditionIsNoBoolean() {
		this.orders.wrongCondition("yes");
		assertThat(this.broadcaster.published()).isEmpty();
		assertThat(this.pusher.failed()).isOne();
	}

	@Test
	void handsIdempotencyKeyOn() {
		this.orders.once(42L);
		assertThat(this.broadcaster.events()).extracting("idempotencyKey").containsExactly("42");
	}

	@Test
	void countsFailureWhenIdempotencyKeyHasNullInIt() {
		this.orders.onceOfText(null);
		assertThat(this.broadcaster.published()).isEmpty();
		assertThat(this.pusher.failed()).isOne();
	}

	@Test
	void pushesToEachTopicOfCollectionOnce() {
		this.orders.toAll(List.of("a", "b", "a"));
		this.orders.toArray("c", "d");
		this.orders.toAll(List.of());
		assertThat(this.broadcaster.published()).containsExactly("user:a data: hi", "user:b data: hi", "c data: hi",
				"d data: hi");
		assertThat(this.pusher.failed()).isZero();
	}

	@Test
	void pushesCollectionAsOneEvent() {
		this.orders.list();
		assertThat(this.broadcaster.published()).containsExactly("list data: [1, 2]");
	}

	@Test
	void pushesEachOfSeveralAnnotations() {
		this.orders.twice(1);
		assertThat(this.broadcaster.published()).containsExactly("first data: 1", "second event: s data: 1");
	}

	@Test
	void pushesEachOfSeveralWhenOneFails() {
		this.orders.twiceWithFailure(null);
		assertThat(this.broadcaster.published()).containsExactly("fine data: 1");
		assertThat(this.pusher.failed()).isOne();
	}

	@Test
	void takesTopicFromMetaAnnotation() {
		this.orders.meta(9);
		assertThat(this.broadcaster.published()).containsExactlyInAnyOrder("meta:9 event: order data: 9",
				"direct event: order data: 9");
	}

	@Test
	void pushesEventThatMethodReturns() {
		this.orders.event();
		this.orders.typedEvent();
		assertThat(this.broadcaster.published()).containsExactly("e event: own data: x", "e event: given data: x");
		assertThat(this.broadcaster.events()).extracting("idempotencyKey").containsExactly("k", "k");
	}

	@Test
	void pushesValueWhenStageIsComplete() {
		CompletableFuture<String> stage = CompletableFuture.completedFuture("v");
		assertThat(this.orders.stage(stage)).isSameAs(stage);
		assertThat(this.broadcaster.published()).containsExactly("stage:v data: v");
	}

	@Test
	void pushesValueWhenStageCompletesLater() {
		CompletableFuture<String> stage = new CompletableFuture<>();
		this.orders.stage(stage);
		assertThat(this.broadcaster.published()).isEmpty();
		stage.complete("v");
		assertThat(this.broadcaster.published()).containsExactly("stage:v data: v");
	}

	@Test
	void pushesNothingWhenStageFailsOrHasNoValue() {
		this.orders.stage(CompletableFuture.failedFuture(new IllegalStateException()));
		this.orders.stage(CompletableFuture.completedFuture(null));
		assertThat(this.broadcaster.published()).isEmpty();
		assertThat(this.pusher.failed()).isZero();
	}

	@Test
	void keepsCallerUnharmedWhenPublishingFails() {
		this.broadcaster.fail(true);
		assertThat(this.orders.place(7, "tea")).isNotNull();
		assertThat(this.pusher.failed()).isOne();
	}

	@Test
	void keepsCallerUnharmedWhenTopicIsInvalid() {
		assertThat(this.orders.topic("$secret")).isEqualTo("hi");
		assertThat(this.orders.topic("")).isEqualTo("hi");
		assertThat(this.orders.toNumber(5)).isEqualTo("hi");
		assertThat(this.broadcaster.published()).isEmpty();
		assertThat(this.pusher.failed()).isEqualTo(3);
	}

	@Test
	void keepsCallerUnharmedWhenExpressionThrowsError() {
		assertThat(this.orders.evil(new Orders.Evil())).isEqualTo("hi");
		assertThat(this.pusher.failed()).isOne();
	}

	@Test
	void keepsCallerUnharmedWhenEncoderThrowsError() {
		RecordingBroadcaster broadcaster = new RecordingBroadcaster((data) -> {
			throw new AssertionError("evil");
		});
		try (var other = PushConfiguration.start(
				(starting) -> starting.registerBean("broadcaster", RecordingBroadcaster.class, () -> broadcaster),
				Orders.class)) {
			assertThat(other.getBean(Orders.class).place(7, "tea")).isNotNull();
			assertThat(other.getBean(Pusher.class).failed()).isOne();
		}
	}

	@Test
	void countsAFailureOnceWhenDataCannotBeEncoded() {
		RecordingBroadcaster broadcaster = new RecordingBroadcaster((data) -> {
			throw new IllegalStateException("no JSON");
		});
		try (var other = PushConfiguration.start(
				(starting) -> starting.registerBean("broadcaster", RecordingBroadcaster.class, () -> broadcaster),
				Orders.class)) {
			other.getBean(Orders.class).place(7, "tea");
			assertThat(other.getBean(Pusher.class).failed()).isOne();
			// Whoever pushes waits, and is not one whom nobody told as well.
			assertThat(broadcaster.unobservedFailures()).isZero();
		}
	}

	@Test
	void keepsCallerUnharmedWhenStageThrows() {
		CompletableFuture<String> stage = new CompletableFuture<>() {

			@Override
			public CompletableFuture<String> whenComplete(BiConsumer<? super String, ? super Throwable> action) {
				throw new UnsupportedOperationException();
			}

		};
		assertThat(this.orders.stage(stage)).isSameAs(stage);
		assertThat(this.pusher.failed()).isOne();
	}

	@Test
	void namesMethodAndExpressionAndNoPayloadWhenPushFails(CapturedOutput output) {
		this.orders.place(7, "secret");
		this.broadcaster.fail(true);
		this.orders.place(7, "secret");
		this.orders.nullInTopic("secret", null);
		assertThat(output.getAll()).contains("WARN")
			.contains(
					"io.github.sseredis.push.Orders.place(int, String), topic = \"'mart:' + #mart\" fails, which the method does not notice: not sent: the test says so")
			.contains("topic = \"'user:' + #user\": #user is null")
			.doesNotContain("secret");
	}

	@Test
	void readsStateAfterTheCall() {
		Orders.Box box = new Orders.Box("before");
		this.orders.put(box);
		assertThat(box.getValue()).isEqualTo("after");
	}

	@Test
	void pushesWhenAnnotationIsOnInterfaceWithOtherParameterNames() {
		Store<String> store = this.context.getBean(Warehouse.class);
		store.store("bolt");
		assertThat(this.broadcaster.published()).containsExactly("stored:bolt data: bolt");
	}

	@Test
	void overridingAnnotationReplacesInherited() {
		this.context.getBean(Warehouse.class).take("nut");
		assertThat(this.broadcaster.published()).containsExactly("taken data: nut");
	}

	@Test
	void pushesInheritedMethod() {
		this.context.getBean(Warehouse.class).count();
		assertThat(this.broadcaster.published()).containsExactly("count data: 3");
	}

	@Retention(RetentionPolicy.RUNTIME)
	@SsePush(topic = "", event = "order")
	@interface OrderPush {

		@AliasFor(annotation = SsePush.class, attribute = "topic")
		String to();

	}

	interface Store<T> {

		@SsePush(topic = "'stored:' + #item")
		T store(T item);

		@SsePush(topic = "'interface'")
		T take(T item);

	}

	static class Base {

		@SsePush(topic = "'count'")
		public int count() {
			return 3;
		}

	}

	static class Warehouse extends Base implements Store<String> {

		@Override
		public String store(String thing) {
			return thing;
		}

		@Override
		@SsePush(topic = "'taken'")
		public String take(String thing) {
			return thing;
		}

	}

}
