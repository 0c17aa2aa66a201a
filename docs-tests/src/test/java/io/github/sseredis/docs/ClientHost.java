package io.github.sseredis.docs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.SseEvent;
import io.github.sseredis.SubscribeRequest;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** An endpoint of the library that notes how its clients come. */
record ClientHost(Host host) implements AutoCloseable {

	/** How a client opened a stream. */
	record Opening(@Nullable String header, @Nullable String query) {

		/** What it gave as its place; null if nothing. */
		@Nullable String cursor() {
			return (this.header != null && !this.header.isEmpty()) ? this.header : this.query;
		}

	}

	static ClientHost start(Path packages, String... properties) {
		return new ClientHost(Host.of(Application.class)
			.withoutDatabase()
			.withoutSecurity()
			.with("sse.broadcaster=local", "sse.reconnect-time=100ms", "sse.heartbeat-interval=60ms",
					"test.packages=" + packages.toUri())
			.with(properties)
			.start());
	}

	/** Where a client's stream is. */
	String stream(String client) {
		return this.host.address() + "/stream?client=" + client;
	}

	List<Opening> openings(String client) {
		return this.host.context().getBean(StreamController.class).openings(client);
	}

	/** Publishes an order to a client and returns its ID. */
	String publish(String client, String data) {
		return this.host.context()
			.getBean(Broadcaster.class)
			.broadcast(client, SseEvent.of("order", data))
			.join()
			.toString();
	}

	/** Ends a client's stream, as at the end of its life. */
	void end(String client) {
		this.host.context().getBean(EmitterRegistry.class).disconnect(client).join();
	}

	boolean isOpen(String client) {
		return this.host.context().getBean(EmitterRegistry.class).connectionCount(client) == 1;
	}

	/** Waits until a client, the only one, has been sent how its stream begins. */
	void awaitWritten(String client) {
		EmitterRegistry registry = this.host.context().getBean(EmitterRegistry.class);
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> isOpen(client) && registry.connectionCount() == 1);
		double before = writes();
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> writes() >= before + 2);
	}

	private double writes() {
		return this.host.context().getBean(MeterRegistry.class).get("sse.writes").functionCounter().count();
	}

	@Override
	public void close() {
		this.host.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(StreamController.class)
	static class Application implements WebMvcConfigurer {

		@Value("${test.packages}")
		private String packages = "";

		@Override
		public void addResourceHandlers(ResourceHandlerRegistry registry) {
			registry.addResourceHandler("/packages/**").addResourceLocations(this.packages);
		}

	}

	@RestController
	static class StreamController {

		private final Map<String, List<Opening>> openings = new ConcurrentHashMap<>();

		private final EmitterRegistry emitterRegistry;

		StreamController(EmitterRegistry emitterRegistry) {
			this.emitterRegistry = emitterRegistry;
		}

		@GetMapping("/stream")
		SseEmitter stream(@RequestParam String client,
				@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String header,
				@RequestParam(name = "lastEventId", required = false) @Nullable String query) {
			openings(client).add(new Opening(header, query));
			return this.emitterRegistry.subscribe(SubscribeRequest.builder().topics(client).principal(client).build());
		}

		List<Opening> openings(String client) {
			return this.openings.computeIfAbsent(client, (name) -> new CopyOnWriteArrayList<>());
		}

	}

}
