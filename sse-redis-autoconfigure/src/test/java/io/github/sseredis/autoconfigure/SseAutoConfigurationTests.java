package io.github.sseredis.autoconfigure;

import java.nio.charset.StandardCharsets;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.BroadcastException;
import io.github.sseredis.EventEncoder;
import io.github.sseredis.PayloadEncoder;
import io.github.sseredis.SseEvent;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link SseAutoConfiguration}. */
class SseAutoConfigurationTests {

	private static final Object ORDER = new Order("샌드위치");

	private final ApplicationContextRunner runner = Hosts.plain();

	@Test
	void encodesWithJsonMapperOfApplication() {
		this.runner
			.withBean(JsonMapperBuilderCustomizer.class,
					() -> (builder) -> builder.propertyNamingStrategy(PropertyNamingStrategies.UPPER_SNAKE_CASE))
			.run((context) -> assertThat(encode(context, ORDER)).isEqualTo("data: {\"DISH_NAME\":\"샌드위치\"}\n"));
	}

	@Test
	void encodesWithMapperThatBootConfiguresWhenThereAreSeveral() {
		JsonMapper other = JsonMapper.builder()
			.propertyNamingStrategy(PropertyNamingStrategies.UPPER_SNAKE_CASE)
			.build();
		this.runner.withBean("otherJsonMapper", JsonMapper.class, () -> other)
			.withBean("jacksonJsonMapper", JsonMapper.class, JsonMapper::new)
			.run((context) -> assertThat(encode(context, ORDER)).isEqualTo("data: {\"dishName\":\"샌드위치\"}\n"));
	}

	@Test
	void encodesWithPayloadEncoderOfHostWhenDefined() {
		this.runner.withBean("mine", PayloadEncoder.class, () -> (data) -> "mine").run((context) -> {
			assertThat(context).hasSingleBean(PayloadEncoder.class);
			assertThat(encode(context, ORDER)).isEqualTo("data: mine\n");
		});
	}

	@Test
	void usesEventEncoderOfHostWhenDefined() {
		EventEncoder mine = new EventEncoder((data) -> "mine", 10);
		this.runner.withBean("mine", EventEncoder.class, () -> mine)
			.run((context) -> assertThat(context).getBean(EventEncoder.class).isSameAs(mine));
	}

	@Test
	void encodesStringsOnlyWhenJacksonIsAbsent() {
		Hosts.plain().withClassLoader(new FilteredClassLoader("tools.jackson")).run((context) -> {
			assertThat(encode(context, "text")).isEqualTo("data: text\n");
			assertThatExceptionOfType(BroadcastException.class).isThrownBy(() -> encode(context, ORDER))
				.withMessageContaining(Order.class.getName())
				.withMessageContaining("spring-boot-starter-jackson")
				.withMessageContaining(PayloadEncoder.class.getName());
		});
	}

	@Test
	void encodesStringsOnlyWhenThereIsNoJsonMapper() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SseAutoConfiguration.class))
			.run((context) -> {
				assertThat(encode(context, "text")).isEqualTo("data: text\n");
				assertThatExceptionOfType(BroadcastException.class).isThrownBy(() -> encode(context, ORDER));
			});
	}

	@Test
	void refusesPayloadAboveLimit() {
		this.runner.withPropertyValues("sse.limits.payload=10B").run((context) -> {
			assertThat(encode(context, "0123456789")).contains("0123456789");
			assertThatExceptionOfType(BroadcastException.class).isThrownBy(() -> encode(context, "0123456789a"))
				.withMessageContaining("sse.limits.payload");
		});
	}

	@Test
	void acceptsAnyPayloadWhenLimitIsZero() {
		String large = "x".repeat(300_000);
		this.runner.withPropertyValues("sse.limits.payload=0")
			.run((context) -> assertThat(encode(context, large)).contains(large));
	}

	@Test
	void definesNothingWhenDisabled() {
		Hosts.servlet().withPropertyValues("sse.enabled=false", "sse.endpoint.path=/sse").run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(Broadcaster.class);
			assertThat(context.getBeansOfType(Object.class, true, false).values())
				.noneMatch((bean) -> bean.getClass().getPackageName().startsWith("io.github.sseredis"));
		});
	}

	@Test
	void bindsNothingWhenDisabled() {
		this.runner.withPropertyValues("sse.enabled=false", "sse.redis.partitions=99")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static String encode(ApplicationContext context, Object data) {
		byte[] fields = context.getBean(EventEncoder.class).fields(SseEvent.of(data));
		return new String(fields, StandardCharsets.UTF_8);
	}

	record Order(String dishName) {

	}

}
