package io.github.sseredis.benchmarks.inner;

import java.util.concurrent.atomic.LongAdder;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** An application without Redis whose responses only count what is written to them. */
final class MockHost implements AutoCloseable {

	private final LongAdder written = new LongAdder();

	private final ServletWebServerApplicationContext context;

	private final MockMvc mvc;

	private MockHost(ServletWebServerApplicationContext context) {
		this.context = context;
		Filter counting = (request, response, chain) -> chain.doFilter(request,
				new CountingResponse((HttpServletResponse) response, this.written));
		this.mvc = MockMvcBuilders.webAppContextSetup(context).addFilters(counting).build();
	}

	static MockHost start() {
		return new MockHost((ServletWebServerApplicationContext) new SpringApplicationBuilder(Host.class)
			.properties("server.port=0", "sse.broadcaster=local", "sse.limits.connections=0",
					"spring.main.banner-mode=off", "logging.level.root=warn")
			.run());
	}

	Broadcaster broadcaster() {
		return this.context.getBean(Broadcaster.class);
	}

	void openStream() throws Exception {
		this.mvc.perform(MockMvcRequestBuilders.get("/stream"));
	}

	/** How often something was written. */
	long written() {
		return this.written.sum();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@RestController
	static class Host {

		private final EmitterRegistry registry;

		Host(EmitterRegistry registry) {
			this.registry = registry;
		}

		@GetMapping("/stream")
		SseEmitter stream() {
			return this.registry.subscribe("t");
		}

	}

	private static final class CountingResponse extends HttpServletResponseWrapper {

		private final ServletOutputStream body;

		CountingResponse(HttpServletResponse response, LongAdder written) {
			super(response);
			this.body = new CountingStream(written);
		}

		@Override
		public ServletOutputStream getOutputStream() {
			return this.body;
		}

	}

	private static final class CountingStream extends ServletOutputStream {

		private final LongAdder written;

		CountingStream(LongAdder written) {
			this.written = written;
		}

		@Override
		public void write(int b) {
			this.written.increment();
		}

		@Override
		public void write(byte[] bytes, int offset, int length) {
			this.written.increment();
		}

		@Override
		public boolean isReady() {
			return true;
		}

		@Override
		public void setWriteListener(WriteListener listener) {
			throw new UnsupportedOperationException();
		}

	}

}
