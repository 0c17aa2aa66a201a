package io.github.sseredis.push;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.sseredis.SsePush;
import reactor.core.publisher.Mono;

import org.springframework.context.event.EventListener;

/** Beans with one mistake each, for {@link PushStartupTests}. */
final class Mistakes {

	private Mistakes() {
	}

	static class Syntax {

		@SsePush(topic = "'a' +")
		public int push(int id) {
			return id;
		}

	}

	static class DataSyntax {

		@SsePush(topic = "'a'", data = "#{x")
		public int push(int id) {
			return id;
		}

	}

	static class Unknown {

		@SsePush(topic = "'a' + #idd")
		public int push(int id) {
			return id;
		}

	}

	static class Inheriting extends Unknown {

	}

	static class UnknownInCondition {

		@SsePush(topic = "'a'", condition = "#x > 1")
		public int push(int id) {
			return id;
		}

	}

	static class UnknownInList {

		@SsePush(topic = "#users.!['user:' + #user]")
		public int push(List<String> users) {
			return 1;
		}

	}

	static class Position {

		@SsePush(topic = "'a' + #p1")
		public int push(int id) {
			return id;
		}

	}

	static class Root {

		@SsePush(topic = "'a' + #root.id")
		public int push(int id) {
			return id;
		}

	}

	static class Unquoted {

		@SsePush(topic = "orders")
		public int push(int id) {
			return id;
		}

	}

	static class UnquotedCall {

		@SsePush(topic = "topic().name")
		public int push(int id) {
			return id;
		}

	}

	static class BeanName {

		@SsePush(topic = "@topics.of(#id)")
		public int push(int id) {
			return id;
		}

	}

	static class Function {

		@SsePush(topic = "#of(#id)")
		public int push(int id) {
			return id;
		}

	}

	static class Assigning {

		@SsePush(topic = "'a'", data = "#id = 5")
		public int push(int id) {
			return id;
		}

	}

	static class Creating {

		@SsePush(topic = "new String('a' + #id)")
		public int push(int id) {
			return id;
		}

	}

	static class Blank {

		@SsePush(topic = " ")
		public int push(int id) {
			return id;
		}

	}

	static class BlankText {

		@SsePush(topic = "' '")
		public int push(int id) {
			return id;
		}

	}

	static class Dollar {

		@SsePush(topic = "'$control'")
		public int push(int id) {
			return id;
		}

	}

	static class NumberTopic {

		@SsePush(topic = "7")
		public int push(int id) {
			return id;
		}

	}

	static class LineBreak {

		@SsePush(topic = "'a'", event = "a\nb")
		public int push(int id) {
			return id;
		}

	}

	static class NoResult {

		@SsePush(topic = "'a'")
		public void push(int id) {
		}

	}

	static class VoidStage {

		@SsePush(topic = "'a'")
		public CompletableFuture<Void> push(int id) {
			return CompletableFuture.completedFuture(null);
		}

	}

	static class ResultOfNothing {

		@SsePush(topic = "'a'", data = "#result")
		public void push(int id) {
		}

	}

	static class Ambiguous {

		@SsePush(topic = "'a' + #result")
		public String push(String result) {
			return result;
		}

	}

	static class Reactive {

		@SsePush(topic = "'a'")
		public Mono<String> push(int id) {
			return Mono.empty();
		}

	}

	static class OnceOnly {

		@SsePush(topic = "'a'")
		public Stream<String> push(int id) {
			return Stream.empty();
		}

	}

	static class OnceOnlyIterator {

		@SsePush(topic = "'a'")
		public Iterator<String> push(int id) {
			return List.<String>of().iterator();
		}

	}

	static class PrivateMethod {

		@SsePush(topic = "'a'")
		private int push(int id) {
			return id;
		}

	}

	static class PrivateListener {

		@EventListener
		@SsePush(topic = "'a'")
		private String push(String event) {
			return event;
		}

	}

	static class FinalMethod {

		@SsePush(topic = "'a'")
		public final int push(int id) {
			return id;
		}

	}

	static class StaticMethod {

		@SsePush(topic = "'a'")
		public static int push(int id) {
			return id;
		}

	}

	static final class FinalClass {

		@SsePush(topic = "'a'")
		public int push(int id) {
			return id;
		}

	}

}
