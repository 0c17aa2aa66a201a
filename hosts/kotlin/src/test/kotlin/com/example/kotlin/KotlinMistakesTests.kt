package com.example.kotlin

import io.github.sseredis.SsePush
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.extension.ExtendWith
import org.springframework.boot.WebApplicationType
import org.springframework.boot.autoconfigure.EnableAutoConfiguration
import org.springframework.boot.builder.SpringApplicationBuilder
import org.springframework.boot.test.system.CapturedOutput
import org.springframework.boot.test.system.OutputCaptureExtension
import org.springframework.context.annotation.Configuration
import org.springframework.context.event.EventListener
import java.util.function.Supplier

/** What a host in Kotlin that makes a mistake is told when it starts. */
@ExtendWith(OutputCaptureExtension::class)
class KotlinMistakesTests {

	@Test
	fun `final class is refused and told of the plugin`(output: CapturedOutput) {
		assertRefused(FinalService(), output, "FinalService.place(String): the class is final, so no proxy can push for it",
			"Apply the compiler plugin kotlin-spring, or mark the class open")
	}

	@Test
	fun `final method is refused and told of the plugin`(output: CapturedOutput) {
		assertRefused(HalfOpenService(), output, "HalfOpenService.place(String): the method is final",
			"Apply the compiler plugin kotlin-spring, or mark the method open")
	}

	@Test
	fun `suspend function is refused`(output: CapturedOutput) {
		assertRefused(SuspendingService(), output, "SuspendingService.place(",
			"a reactive or suspending method has no result yet when it returns",
			"Call Broadcaster.broadcast where the value is known")
	}

	@Test
	fun `suspend function that is a listener is refused`(output: CapturedOutput) {
		assertRefused(SuspendingListener(), output, "SuspendingListener.on(",
			"a reactive or suspending method has no result yet when it returns")
	}

	@Test
	fun `function without a result is refused`(output: CapturedOutput) {
		assertRefused(UnitService(), output, "UnitService.place(String): the method returns nothing",
			"say what it is, as in data")
	}

	@Test
	fun `final class of a listener needs no proxy`() {
		start(FinalListener()).close()
	}

	private inline fun <reified T : Any> assertRefused(bean: T, output: CapturedOutput, vararg words: String) {
		assertThrows<Exception> { start(bean).close() }
		assertThat(output.out).contains("APPLICATION FAILED TO START").contains(*words)
	}

	private inline fun <reified T : Any> start(bean: T) = SpringApplicationBuilder(Host::class.java)
		.web(WebApplicationType.NONE)
		.initializers({ context ->
			(context as org.springframework.context.support.GenericApplicationContext)
				.registerBean("mistake", T::class.java, Supplier { bean })
		})
		.run("--sse.broadcaster=local", "--spring.main.banner-mode=off")

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	class Host

	class FinalService {

		@SsePush(topic = "'user:' + #user")
		fun place(user: String) = user
	}

	open class HalfOpenService {

		@SsePush(topic = "'user:' + #user")
		fun place(user: String) = user
	}

	open class SuspendingService {

		@SsePush(topic = "'user:' + #user")
		open suspend fun place(user: String) = user
	}

	open class SuspendingListener {

		@EventListener
		@SsePush(topic = "'a'")
		open suspend fun on(event: String) = event
	}

	open class UnitService {

		@SsePush(topic = "'user:' + #user")
		open fun place(user: String) {
		}
	}

	class FinalListener {

		@EventListener
		@SsePush(topic = "'a'")
		fun on(event: String) = event
	}
}
