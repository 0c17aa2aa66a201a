package io.github.sseredis.web;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import io.github.sseredis.test.TestKeyStore;
import io.github.sseredis.web.StallingClient.Stall;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.coyote.AbstractProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.boot.web.server.Http2;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Writes to clients that have stopped reading, and ends these writes, on every container
 * and protocol there is a {@link WriteAborter} for.
 */
class WriteAborterIT {

	private static final boolean JETTY_HTTP2 = ClassUtils
		.isPresent("org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory", null);

	private static final boolean VIRTUAL_THREADS = Runtime.version()
		.feature() >= Drainers.JAVA_WITH_USABLE_VIRTUAL_THREADS;

	private final List<AutoCloseable> resources = new ArrayList<>();

	private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();

	@AfterEach
	void close() throws Exception {
		for (int i = this.resources.size() - 1; i >= 0; i--) {
			this.resources.get(i).close();
		}
	}

	static Stream<Scenario> scenarios() {
		List<Scenario> scenarios = new ArrayList<>();
		for (boolean virtual : VIRTUAL_THREADS ? new boolean[] { false, true } : new boolean[] { false }) {
			for (Container container : Container.values()) {
				for (Protocol protocol : Protocol.values()) {
					if (container.supports(protocol)) {
						for (Stall stall : Stall.values()) {
							if (stall == Stall.SOCKET || protocol.http2) {
								scenarios.add(new Scenario(container, protocol, stall, virtual, true));
							}
						}
						// Of the others, a socket that is stuck is the same for any
						// write.
						scenarios.add(new Scenario(container, protocol,
								protocol.http2 && container != Container.UNKNOWN ? Stall.STREAM_WINDOW : Stall.SOCKET,
								virtual, false));
					}
				}
			}
		}
		return scenarios.stream();
	}

	@ParameterizedTest
	@MethodSource("scenarios")
	void abortFreesTheThread(Scenario scenario, TestReporter reporter) throws Exception {
		WebServer server = start(scenario);
		int idle = awaitIdle(server);
		StallingClient healthy = connect(server, scenario);
		healthy.get("healthy");
		StallingClient client = connect(server, scenario);
		client.get("stuck");
		if (scenario.protocol().http2) {
			client.get("sibling");
		}
		subscription("healthy");
		Subscription stuck = subscription("stuck");
		await("async request").until(stuck.request()::isAsyncStarted);
		client.stall("stuck", scenario.stall());

		assertThat(stuck.aborter()).isNotSameAs(WriteAborter.INTERRUPTS);
		BlockedWrite write = new BlockedWrite(
				scenario.container() != Container.UNKNOWN ? stuck.aborter() : WriteAborter.INTERRUPTS);
		Drainer drainer = new Drainer(stuck.emitter(), write, scenario.small());
		Thread thread = start(scenario.virtual(), drainer);
		awaitStuck(thread, drainer);

		long begin = System.nanoTime();
		assertThat(BlockedWriteTests.abort(write)).isTrue();
		long returned = System.nanoTime();
		// Again, as the supervisor does, where another had no processor to be freed on.
		await("free").until(() -> !BlockedWriteTests.abort(write));
		drainer.abortReturned.countDown();
		thread.join(TimeUnit.SECONDS.toMillis(20));
		assertThat(thread.isAlive()).isFalse();
		reporter.publishEntry(scenario.toString(), "freed after %.1f ms, returned after %.1f ms"
			.formatted((drainer.left - begin) / 1e6, (returned - begin) / 1e6));

		assertThat(drainer.failure).isInstanceOf(IOException.class);
		assertThat(drainer.interruptedLater).isFalse();
		await("completion").until(() -> stuck.ended().getCount() == 0);

		Subscription other = subscription("healthy");
		other.emitter().send("ping");
		await("event").until(() -> healthy.received("healthy").contains("ping"));
		if (scenario.container() != Container.UNKNOWN) {
			boolean streamOnly = scenario.protocol().http2 && scenario.stall() != Stall.SOCKET;
			if (streamOnly) {
				assertOtherStreamsGoOn(client);
			}
			await("connections").until(() -> connections(server) == idle + (streamOnly ? 2 : 1));
		}
		other.emitter().complete();
		client.close();
		healthy.close();
		await("connections").until(() -> connections(server) == idle);
	}

	private void assertOtherStreamsGoOn(StallingClient client) throws IOException {
		await("reset").until(() -> client.isReset("stuck"));
		client.resume();
		subscription("sibling").emitter().send("ping");
		await("event").until(() -> client.received("sibling").contains("ping"));
		client.get("next");
		subscription("next").emitter().send("ping");
		await("event").until(() -> client.received("next").contains("ping"));
	}

	private static void awaitStuck(Thread thread, Drainer drainer) {
		AtomicLong sent = new AtomicLong();
		await("stall").during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(20)).until(() -> {
			assertThat(drainer.failure).isNull();
			long now = drainer.sent;
			return sent.getAndSet(now) == now && thread.getState() != Thread.State.RUNNABLE;
		});
	}

	private WebServer start(Scenario scenario) {
		AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
		context.register(MvcConfiguration.class);
		context.addBeanFactoryPostProcessor((beanFactory) -> beanFactory.registerSingleton("eventController",
				new EventController(this.subscriptions)));
		AbstractConfigurableWebServerFactory factory = scenario.container() == Container.JETTY
				? new JettyServletWebServerFactory(0) : new TomcatServletWebServerFactory(0);
		if (scenario.protocol().tls) {
			Ssl ssl = new Ssl();
			ssl.setKeyStore(TestKeyStore.file().toUri().toString());
			ssl.setKeyStorePassword(TestKeyStore.PASSWORD);
			factory.setSsl(ssl);
		}
		if (scenario.protocol().http2) {
			Http2 http2 = new Http2();
			http2.setEnabled(true);
			factory.setHttp2(http2);
		}
		WebServer server = ((ServletWebServerFactory) factory).getWebServer((servletContext) -> {
			context.setServletContext(servletContext);
			ServletRegistration.Dynamic servlet = servletContext.addServlet("dispatcher",
					new DispatcherServlet(context));
			servlet.setAsyncSupported(true);
			servlet.setLoadOnStartup(1);
			servlet.addMapping("/");
		});
		this.resources.add(server::destroy);
		this.resources.add(context);
		server.start();
		return server;
	}

	private StallingClient connect(WebServer server, Scenario scenario) throws Exception {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(8192);
		socket.setTcpNoDelay(true);
		socket.connect(new InetSocketAddress("localhost", server.getPort()));
		this.resources.add(socket);
		if (scenario.protocol().tls) {
			socket = secure(socket, scenario.protocol().http2 ? "h2" : "http/1.1");
		}
		return scenario.protocol().http2
				? new StallingHttp2Client(socket, scenario.protocol().tls, scenario.stall() == Stall.SOCKET)
				: new StallingHttp1Client(socket);
	}

	private static Socket secure(Socket socket, String protocol) throws IOException, GeneralSecurityException {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, new TrustManager[] { new TrustAll() }, new SecureRandom());
		SSLSocket secure = (SSLSocket) context.getSocketFactory()
			.createSocket(socket, "localhost", socket.getPort(), true);
		SSLParameters parameters = secure.getSSLParameters();
		parameters.setApplicationProtocols(new String[] { protocol });
		secure.setSSLParameters(parameters);
		secure.startHandshake();
		assertThat(secure.getApplicationProtocol()).isIn(protocol, "");
		return secure;
	}

	private Subscription subscription(String id) {
		return await(id).until(() -> this.subscriptions.get(id), Objects::nonNull);
	}

	private static Thread start(boolean virtual, Runnable task) throws ReflectiveOperationException {
		if (!virtual) {
			Thread thread = new Thread(task, "drainer");
			thread.start();
			return thread;
		}
		return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
	}

	private static int awaitIdle(WebServer server) {
		// Tomcat's acceptor counts the connection that it waits for.
		int idle = server instanceof TomcatWebServer ? 1 : 0;
		await("idle").until(() -> connections(server) == idle);
		return idle;
	}

	private static int connections(WebServer server) {
		if (server instanceof TomcatWebServer tomcat) {
			return (int) ((AbstractProtocol<?>) tomcat.getTomcat().getConnector().getProtocolHandler())
				.getConnectionCount();
		}
		return ((JettyWebServer) server).getServer().getConnectors()[0].getConnectedEndPoints().size();
	}

	enum Container {

		TOMCAT, JETTY,

		/** Tomcat, were it not known. */
		UNKNOWN;

		boolean supports(Protocol protocol) {
			return switch (this) {
				case TOMCAT -> true;
				case JETTY -> !protocol.http2 || (JETTY_HTTP2 && !protocol.tls);
				case UNKNOWN -> !protocol.tls;
			};
		}

	}

	enum Protocol {

		HTTP1(false, false), HTTP1_TLS(false, true), HTTP2(true, false), HTTP2_TLS(true, true);

		final boolean http2;

		final boolean tls;

		Protocol(boolean http2, boolean tls) {
			this.http2 = http2;
			this.tls = tls;
		}

	}

	record Scenario(Container container, Protocol protocol, Stall stall, boolean virtual, boolean small) {
	}

	record Subscription(HttpServletRequest request, WriteAborter aborter, Emitter emitter, CountDownLatch ended) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebMvc
	static class MvcConfiguration {

	}

	@RestController
	static class EventController {

		private final Map<String, Subscription> subscriptions;

		EventController(Map<String, Subscription> subscriptions) {
			this.subscriptions = subscriptions;
		}

		@GetMapping("/{id}")
		SseEmitter subscribe(@PathVariable("id") String id, HttpServletRequest request) {
			Emitter emitter = new Emitter();
			CountDownLatch ended = new CountDownLatch(1);
			emitter.onCompletion(ended::countDown);
			this.subscriptions.put(id, new Subscription(request,
					WriteAborter.forRequest(new HttpServletRequestWrapper(request)), emitter, ended));
			return emitter;
		}

	}

	/** Written to like the library's own. */
	private static final class Emitter extends SseEmitter {

		private volatile @Nullable HttpServletResponse response;

		Emitter() {
			super(0L);
		}

		@Override
		protected void extendResponse(ServerHttpResponse outputMessage) {
			super.extendResponse(outputMessage);
			this.response = ((ServletServerHttpResponse) outputMessage).getServletResponse();
		}

		OutputStream body() throws IOException {
			return Objects.requireNonNull(this.response).getOutputStream();
		}

		int bufferSize() {
			return Objects.requireNonNull(this.response).getBufferSize();
		}

	}

	/** Writes until it fails. */
	private static final class Drainer implements Runnable {

		final CountDownLatch abortReturned = new CountDownLatch(1);

		private final Emitter emitter;

		private final BlockedWrite write;

		private final byte[] event;

		volatile long sent;

		volatile @Nullable Exception failure;

		volatile long left;

		volatile boolean interruptedLater = true;

		Drainer(Emitter emitter, BlockedWrite write, boolean small) {
			this.emitter = emitter;
			this.write = write;
			this.event = ("data:" + "x".repeat(small ? 5_000 : 50_000) + "\n\n").getBytes(StandardCharsets.US_ASCII);
		}

		@Override
		public void run() {
			try {
				PiecewiseOutput output = new PiecewiseOutput(this.emitter.body(), this.emitter.bufferSize(), this.write,
						System::nanoTime);
				while (true) {
					output.write(this.event, this.event.length);
					output.flush();
					this.sent++;
				}
			}
			catch (IOException | RuntimeException ex) {
				this.failure = ex;
				this.left = System.nanoTime();
			}
			try {
				this.emitter.complete();
			}
			catch (IllegalStateException ex) {
				// The container was faster.
			}
			try {
				// A late interrupt would show here.
				this.abortReturned.await();
				this.interruptedLater = Thread.interrupted();
			}
			catch (InterruptedException ex) {
				// as it would here
			}
		}

	}

	private static final class TrustAll implements X509TrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
