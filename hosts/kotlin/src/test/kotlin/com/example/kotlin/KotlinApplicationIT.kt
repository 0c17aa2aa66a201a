package com.example.kotlin

import io.github.sseredis.test.AutoConfigureSseTest
import io.github.sseredis.test.PushedEvents
import io.github.sseredis.test.RedisExtension
import io.github.sseredis.test.SseClient
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.RegisterExtension
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment
import org.springframework.boot.test.web.server.LocalServerPort
import org.springframework.test.context.DynamicPropertyRegistry
import org.springframework.test.context.DynamicPropertySource

/** A host in Kotlin, through Redis. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureSseTest(broadcaster = "redis")
class KotlinApplicationIT(
	@param:Autowired private val orders: OrderService,
	@param:Autowired private val pushed: PushedEvents,
	@param:LocalServerPort private val port: Int,
) {

	@Test
	fun `data classes are payloads`() {
		SseClient.open("http://localhost:$port/stream/kim").awaitOpen().use { kim ->
			orders.place(Order("kim", "떡볶이"))
			assertThat(kim)
				.receives("alert", "떡볶이 for kim")
				.receives("order", Order::class.java) { assertThat(it).isEqualTo(Order("kim", "떡볶이")) }
		}
	}

	@ParameterizedTest
	@ValueSource(strings = ["suspending", "suspending-entity"])
	fun `suspending function returns a stream`(path: String) {
		SseClient.open("http://localhost:$port/$path/eva").awaitOpen().use { eva ->
			orders.place(Order("eva", path))
			assertThat(eva).receives("order", Order::class.java) { assertThat(it).isEqualTo(Order("eva", path)) }
		}
	}

	@Test
	fun `what is null is not pushed`() {
		orders.find("kim")
		assertThat(pushed).isEmpty()
		orders.place(Order("lee", "rice", "hot"))
		assertThat(pushed).onTopic("user:lee").ofType("order").data().containsExactly(Order("lee", "rice", "hot"))
	}

	companion object {

		@JvmField
		@RegisterExtension
		val redis: RedisExtension = RedisExtension.shared()

		@JvmStatic
		@DynamicPropertySource
		fun properties(registry: DynamicPropertyRegistry) {
			registry.add("spring.data.redis.host", redis::host)
			registry.add("spring.data.redis.port", redis::port)
			registry.add("sse.channel-prefix", redis::prefix)
		}
	}
}
