package io.github.sseredis.push;

import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;

import io.github.sseredis.SsePush;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Tests for the proxies that {@link PushPostProcessor} makes. */
class PushProxyTests {

	@Test
	void leavesBeansAloneThatDoNotPush() {
		try (var context = PushConfiguration.start(Plain.class)) {
			assertThat(AopUtils.isAopProxy(context.getBean(Plain.class))).isFalse();
		}
	}

	@Test
	void proxiesInterfaceWhenEveryPushIsOnIt() {
		try (var context = PushConfiguration.start(WithInterface.class)) {
			Object bean = context.getBean(Api.class);
			assertThat(AopUtils.isJdkDynamicProxy(bean)).isTrue();
			((Api) bean).push("x");
			assertThat(context.getBean(RecordingBroadcaster.class).published()).containsExactly("api data: x");
		}
	}

	@Test
	void proxiesClassWhenPushIsOnNoInterface() {
		try (var context = PushConfiguration.start(WithMore.class)) {
			context.getBean(WithMore.class).more("x");
			context.publishEvent(5);
			assertThat(context.getBean(RecordingBroadcaster.class).published()).containsExactly("more data: x",
					"event data: 5");
		}
	}

	@Test
	void proxiesFinalClassThroughItsInterfaces() {
		try (var context = PushConfiguration.start(FinalWithInterface.class)) {
			context.getBean(Api.class).push("x");
			assertThat(context.getBean(RecordingBroadcaster.class).published()).containsExactly("api data: x");
		}
	}

	@Test
	void refusesStartWhenProxyOfAnotherHidesMethod() {
		Throwable thrown = catchThrowable(
				() -> PushConfiguration.start(Transactions.class, TransactionalWithMore.class).close());
		assertThat(NestedExceptionUtils.getMostSpecificCause(thrown)).isInstanceOf(InvalidPushException.class)
			.hasMessageContaining("TransactionalWithMore.more(String)")
			.hasMessageContaining("implements the interfaces of the class only");
	}

	@Test
	void proxiesLambdaAndJdkProxyThroughTheirInterfaces() {
		try (var context = PushConfiguration.start(Factories.class)) {
			context.getBean("lambda", Operator.class).apply("l");
			context.getBean("dynamic", Operator.class).apply("d");
			assertThat(context.getBean(RecordingBroadcaster.class).published()).containsExactly("operator data: l",
					"operator data: ok");
		}
	}

	@Test
	void pushesWhenProxyHasNoTarget() {
		try (var context = PushConfiguration.start(Client.class)) {
			context.getBean(Api.class).push("x");
			assertThat(context.getBean(RecordingBroadcaster.class).published()).containsExactly("api data: remote");
		}
	}

	@Test
	void pushesOnceWhenProxyOfHostWrapsBean() {
		try (var context = PushConfiguration.start(Wrapped.class)) {
			context.getBean("outer", Api.class).push("x");
			assertThat(context.getBean(RecordingBroadcaster.class).published()).containsExactly("api data: x");
		}
	}

	@Test
	void pushesOnceWhenReferencesAreCircular() {
		try (var context = PushConfiguration.start((starting) -> starting.setAllowCircularReferences(true), First.class,
				Second.class)) {
			assertThat(context.getBean(Second.class).first()).isSameAs(context.getBean(First.class));
			assertThat(context.getBean(First.class).second()).isSameAs(context.getBean(Second.class));
			context.getBean(Second.class).first().push("a");
			context.getBean(First.class).push("b");
			assertThat(context.getBean(RecordingBroadcaster.class).published()).containsExactly("first data: a",
					"first data: b");
		}
	}

	@Test
	void pushesOnceWhenReferencesAreCircularAndAnotherProxyIsThere() {
		try (var context = PushConfiguration.start((starting) -> starting.setAllowCircularReferences(true),
				ClassTransactions.class, PushTransactionTests.Managers.class, TransactionalFirst.class,
				TransactionalSecond.class)) {
			assertThat(context.getBean(TransactionalSecond.class).first())
				.isSameAs(context.getBean(TransactionalFirst.class));
			assertThat(context.getBean(TransactionalFirst.class).second())
				.isSameAs(context.getBean(TransactionalSecond.class));
			context.getBean(TransactionalSecond.class).first().push("a");
			context.getBean(TransactionalFirst.class).push("b");
			assertThat(context.getBean(RecordingBroadcaster.class).published()).containsExactly("first data: a true",
					"first data: b true");
		}
	}

	static class Plain {

		public String plain() {
			return "";
		}

	}

	interface Api {

		@SsePush(topic = "'api'")
		String push(String text);

	}

	static class WithInterface implements Api {

		@Override
		public String push(String text) {
			return text;
		}

	}

	static final class FinalWithInterface implements Api {

		@Override
		public String push(String text) {
			return text;
		}

	}

	static class WithMore implements Api {

		@Override
		public String push(String text) {
			return text;
		}

		@SsePush(topic = "'more'")
		public String more(String text) {
			return text;
		}

		@EventListener
		@SsePush(topic = "'event'")
		public int on(Integer event) {
			return event;
		}

	}

	static class TransactionalWithMore implements Api {

		@Override
		@Transactional
		public String push(String text) {
			return text;
		}

		@SsePush(topic = "'more'")
		public String more(String text) {
			return text;
		}

	}

	@EnableTransactionManagement
	static class Transactions {

	}

	@EnableTransactionManagement(proxyTargetClass = true)
	static class ClassTransactions {

	}

	interface Operator extends UnaryOperator<String> {

		@Override
		@SsePush(topic = "'operator'")
		String apply(String text);

	}

	@Configuration(proxyBeanMethods = false)
	static class Factories {

		@Bean
		Operator lambda() {
			return (text) -> text;
		}

		@Bean
		Operator dynamic() {
			return (Operator) Proxy.newProxyInstance(Factories.class.getClassLoader(),
					new Class<?>[] { Operator.class }, (proxy, method, arguments) -> "ok");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Wrapped {

		@Bean
		Api inner() {
			return new WithInterface();
		}

		@Bean
		Api outer(@Qualifier("inner") Api inner) {
			ProxyFactory factory = new ProxyFactory(inner);
			return (Api) factory.getProxy();
		}

	}

	// As an HTTP interface client.
	@Configuration(proxyBeanMethods = false)
	static class Client {

		@Bean
		Api client() {
			ProxyFactory factory = new ProxyFactory();
			factory.addInterface(Api.class);
			factory.addAdvice((MethodInterceptor) (invocation) -> "remote");
			return (Api) factory.getProxy();
		}

	}

	static class First {

		@Autowired
		Second second;

		Second second() {
			return this.second;
		}

		@SsePush(topic = "'first'")
		public String push(String text) {
			return text;
		}

	}

	static class Second {

		@Autowired
		First first;

		First first() {
			return this.first;
		}

		@SsePush(topic = "'second'")
		public String push(String text) {
			return text;
		}

	}

	static class TransactionalFirst {

		@Autowired
		TransactionalSecond second;

		TransactionalSecond second() {
			return this.second;
		}

		@Transactional
		@SsePush(topic = "'first'", data = "#text + ' ' + T(org.springframework.transaction.support."
				+ "TransactionSynchronizationManager).isActualTransactionActive()")
		public String push(String text) {
			return text;
		}

	}

	static class TransactionalSecond {

		@Autowired
		TransactionalFirst first;

		TransactionalFirst first() {
			return this.first;
		}

		@SsePush(topic = "'second'")
		public String push(String text) {
			return text;
		}

	}

}
