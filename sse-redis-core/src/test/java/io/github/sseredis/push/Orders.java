package io.github.sseredis.push;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.github.sseredis.SseEvent;
import io.github.sseredis.SsePush;

/** Methods that push in the ways that {@link SsePushTests} is about. */
class Orders {

	@SsePush(topic = "'mart:' + #mart", event = "order")
	public Order place(int mart, String item) {
		return new Order(mart, item);
	}

	/** Passes no proxy. */
	public Order placeFromWithin(int mart, String item) {
		return place(mart, item);
	}

	@SsePush(topic = "#p0 + ':' + #p1 + ':' + #a0 + ':' + #a1 + ':' + #result")
	public String byPosition(int first, String second) {
		return "b";
	}

	@SsePush(topic = "'t'")
	public Order fail(int mart) {
		throw new IllegalStateException("no stock");
	}

	@SsePush(topic = "'t:' + #value")
	public String maybe(String value) {
		return value;
	}

	@SsePush(topic = "'found:' + #result")
	public Optional<String> optional(String value) {
		return Optional.ofNullable(value);
	}

	@SsePush(topic = "'deleted'", data = "#id")
	public void delete(int id) {
	}

	@SsePush(topic = "'gone'", data = "#value + ' ' + (#result == null)")
	public String nullWithData(String value) {
		return null;
	}

	@SsePush(topic = "'gone'", data = "#value + ' ' + (#result == null)")
	public Optional<String> emptyWithData(String value) {
		return Optional.empty();
	}

	@SsePush(topic = "'data'", data = "#value")
	public String data(String value) {
		return "result";
	}

	@SsePush(topic = "'created'", data = "new io.github.sseredis.push.Orders$Order(#result, 'new')")
	public int created(int mart) {
		return mart;
	}

	@SsePush(topic = "'big'", condition = "#result > 10")
	public int conditional(int value) {
		return value;
	}

	@SsePush(topic = "'t'", condition = "#value")
	public String wrongCondition(String value) {
		return value;
	}

	@SsePush(topic = "'once'", idempotencyKey = "#id")
	public long once(long id) {
		return id;
	}

	@SsePush(topic = "'once'", idempotencyKey = "'order-' + #id")
	public String onceOfText(String id) {
		return "x";
	}

	@SsePush(topic = "#users.!['user:' + #this]")
	public String toAll(List<String> users) {
		return "hi";
	}

	@SsePush(topic = "#topics")
	public String toArray(String... topics) {
		return "hi";
	}

	@SsePush(topic = "'list'")
	public List<Integer> list() {
		return List.of(1, 2);
	}

	@SsePush(topic = "'first'")
	@SsePush(topic = "'second'", event = "s")
	public int twice(int value) {
		return value;
	}

	@SsePush(topic = "'bad:' + #value")
	@SsePush(topic = "'fine'")
	public int twiceWithFailure(String value) {
		return 1;
	}

	@SsePushTests.OrderPush(to = "'meta:' + #id")
	@SsePush(topic = "'direct'", event = "order")
	public int meta(int id) {
		return id;
	}

	@SsePush(topic = "'e'")
	public SseEvent event() {
		return SseEvent.builder().type("own").data("x").idempotencyKey("k").build();
	}

	@SsePush(topic = "'e'", event = "given")
	public SseEvent typedEvent() {
		return event();
	}

	@SsePush(topic = "'stage:' + #result")
	public CompletionStage<String> stage(CompletionStage<String> stage) {
		return stage;
	}

	@SsePush(topic = "#topic")
	public String topic(String topic) {
		return "hi";
	}

	@SsePush(topic = "'user:' + #user")
	public String nullInTopic(String text, String user) {
		return text;
	}

	@SsePush(topic = "#id")
	public String toNumber(int id) {
		return "hi";
	}

	@SsePush(topic = "#evil.name")
	public String evil(Evil evil) {
		return "hi";
	}

	@SsePush(topic = "'t'", data = "#box.value")
	public void put(Box box) {
		box.setValue("after");
	}

	public record Order(int mart, String item) {

	}

	static class Box {

		private String value;

		Box(String value) {
			this.value = value;
		}

		public String getValue() {
			return this.value;
		}

		public void setValue(String value) {
			this.value = value;
		}

	}

	static class Evil {

		public String getName() {
			throw new AssertionError("evil");
		}

	}

}
