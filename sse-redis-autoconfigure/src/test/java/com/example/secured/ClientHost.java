package com.example.secured;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.SseEvent;
import io.github.sseredis.SseTickets;
import io.github.sseredis.SubscribeRequest;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** A host of the JavaScript client, behind something that may refuse its streams. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ClientHost.Streams.class)
class ClientHost {

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.csrf((csrf) -> csrf.disable())
			.build();
	}

	@Bean
	Gate gate() {
		return new Gate();
	}

	/** What stands before the host: answers for the streams of a topic, if told so. */
	static final class Gate {

		private volatile String topic = "";

		private volatile int status;

		private final AtomicInteger refused = new AtomicInteger();

		private final Map<String, Integer> requests = new ConcurrentHashMap<>();

		void refuse(String topic, int status) {
			this.refused.set(0);
			this.status = status;
			this.topic = topic;
		}

		void open() {
			this.topic = "";
		}

		int refused() {
			return this.refused.get();
		}

		int requests(String topic) {
			return this.requests.getOrDefault(topic, 0);
		}

		private boolean answers(HttpServletRequest request, HttpServletResponse response) throws IOException {
			String asked = String.valueOf(request.getParameter("topic"));
			this.requests.merge(asked, 1, Integer::sum);
			if (!this.topic.equals(asked)) {
				return false;
			}
			this.refused.incrementAndGet();
			response.setHeader("Retry-After", request.getParameter("retryAfter"));
			response.sendError(this.status);
			return true;
		}

	}

	@Bean
	Filter gateFilter(Gate gate) {
		return (request, response, chain) -> pass(gate, (HttpServletRequest) request, (HttpServletResponse) response,
				chain);
	}

	private static void pass(Gate gate, HttpServletRequest request, HttpServletResponse response,
			jakarta.servlet.FilterChain chain) throws IOException, ServletException {
		if (!gate.answers(request, response)) {
			chain.doFilter(request, response);
		}
	}

	@RestController
	static class Streams {

		private final EmitterRegistry emitterRegistry;

		private final SseTickets tickets;

		Streams(EmitterRegistry emitterRegistry, SseTickets tickets) {
			this.emitterRegistry = emitterRegistry;
			this.tickets = tickets;
		}

		@GetMapping("/page")
		ResponseEntity<ClassPathResource> page() {
			return ResponseEntity.ok()
				.contentType(MediaType.TEXT_HTML)
				// Chromium puts no page aside that is not to be stored.
				.cacheControl(CacheControl.noCache())
				.body(new ClassPathResource("client.html", getClass()));
		}

		@GetMapping("/stream")
		SseEmitter stream(@RequestParam String topic) {
			return this.emitterRegistry.subscribe(SubscribeRequest.builder()
				.topics(topic)
				.principal(topic)
				.initial(() -> List.of(SseEvent.of("hello", topic)))
				.build());
		}

		@PostMapping("/tickets")
		String issue() {
			return "{\"ticket\":\"" + this.tickets.issue(SubscribeRequest.builder()
				.topics("tickets")
				.principal("tickets")
				.timeout(Duration.ofSeconds(1))
				.build()) + "\"}";
		}

		@GetMapping("/ticketed")
		SseEmitter ticketed(@RequestParam String ticket) {
			return this.tickets.subscribe(ticket);
		}

	}

}
