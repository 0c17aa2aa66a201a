package io.github.sseredis.autoconfigure;

import java.util.List;

import io.github.sseredis.SsePush;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.ReflectionHintsPredicates;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

class PushAotProcessorTests {

	private final ReflectionHintsPredicates reflection = RuntimeHintsPredicates.reflection();

	@Test
	void whatIsPushedAndReadByExpressionsCanBeReflectedOn() throws NoSuchMethodException {
		RuntimeHints hints = process(Orders.class);
		assertThat(this.reflection.onMethodInvocation(Orders.class.getDeclaredMethod("place", NewOrder.class)))
			.accepts(hints);
		assertThat(this.reflection.onMethodInvocation(Order.class.getMethod("id"))).accepts(hints);
		assertThat(this.reflection.onMethodInvocation(Line.class.getMethod("item"))).accepts(hints);
		assertThat(this.reflection.onMethodInvocation(NewOrder.class.getMethod("customer"))).accepts(hints);
	}

	@Test
	void otherBeansAreLeftAlone() {
		assertThat(contribution(PushAotProcessorTests.class)).isNull();
	}

	private static RuntimeHints process(Class<?> type) {
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(PushAotProcessorTests.class)), new InMemoryGeneratedFiles());
		contribution(type).applyTo(generation, Mockito.mock(BeanRegistrationCode.class));
		return generation.getRuntimeHints();
	}

	private static BeanRegistrationAotContribution contribution(Class<?> type) {
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		beanFactory.registerBeanDefinition("bean", new RootBeanDefinition(type));
		return AotServices.factories()
			.load(BeanRegistrationAotProcessor.class)
			.stream()
			.filter(PushAotProcessor.class::isInstance)
			.findFirst()
			.orElseThrow()
			.processAheadOfTime(RegisteredBean.of(beanFactory, "bean"));
	}

	static class Orders {

		@SsePush(topic = "'user:' + #order.customer")
		Order place(NewOrder order) {
			return new Order(1, List.of());
		}

	}

	record NewOrder(String customer) {

	}

	record Order(long id, List<Line> lines) {

	}

	record Line(String item) {

	}

}
