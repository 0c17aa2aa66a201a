package io.github.sseredis.sample.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/**
 * Serves the page of the stage, what it shows, and what its buttons do: on a port of its
 * own, for whatever is stopped, this is not.
 */
final class StageServer implements AutoCloseable {

	private static final Duration CUT = Duration.ofSeconds(10);

	private static final int BURST = 100;

	private static final int LARGEST_BURST = 10_000;

	private final DemoCluster cluster;

	private final StagePublisher publisher;

	private final StageView view;

	private final HttpServer server;

	private final ExecutorService executor = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "demo-stage");
		// Not that of the server's own thread: under Maven it knows nothing of the demo.
		thread.setContextClassLoader(StageServer.class.getClassLoader());
		thread.setDaemon(true);
		return thread;
	});

	private final JsonMapper json = JsonMapper.builder().build();

	private StageServer(DemoCluster cluster, StagePublisher publisher, HttpServer server) {
		this.cluster = cluster;
		this.publisher = publisher;
		this.view = new StageView(cluster, publisher);
		this.server = server;
	}

	static StageServer start(DemoCluster cluster, StagePublisher publisher, int port) throws IOException {
		HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		StageServer server = new StageServer(cluster, publisher, http);
		http.setExecutor(server.executor);
		http.createContext("/", server::file);
		http.createContext("/state", (exchange) -> server.answer(exchange, server.view.state()));
		http.createContext("/beginning", (exchange) -> server.answer(exchange, publisher.beginning()));
		http.createContext("/control", server::control);
		http.start();
		return server;
	}

	private void file(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		String name = path.equals("/") ? "index.html" : path.substring(1);
		String resource = name.equals("sse-client.js") ? "/io/github/sseredis/autoconfigure/" + name : "/stage/" + name;
		try (InputStream in = name.contains("/") ? null : getClass().getResourceAsStream(resource)) {
			byte[] body = (in != null) ? in.readAllBytes() : new byte[0];
			String type = MediaTypeFactory.getMediaType(name).orElse(MediaType.TEXT_PLAIN) + ";charset=UTF-8";
			send(exchange, (in != null) ? 200 : 404, type, body);
		}
	}

	private void control(HttpExchange exchange) throws IOException {
		// A form of another site could send it too, but not with this header.
		if (!exchange.getRequestMethod().equals("POST") || exchange.getRequestHeaders().getFirst("X-Stage") == null) {
			send(exchange, 405, "text/plain", new byte[0]);
			return;
		}
		try {
			act(exchange);
		}
		catch (IOException | RuntimeException ex) {
			ex.printStackTrace();
			send(exchange, 500, "text/plain", String.valueOf(ex.getMessage()).getBytes(StandardCharsets.UTF_8));
		}
	}

	private void act(HttpExchange exchange) throws IOException {
		URI uri = exchange.getRequestURI();
		Map<String, String> query = query(uri);
		String action = uri.getPath().substring("/control/".length());
		switch (action) {
			case "burst" -> this.publisher
				.burst(Math.min(LARGEST_BURST, Integer.parseInt(query.getOrDefault("count", "" + BURST))));
			case "steady" -> this.publisher.steady(Boolean.parseBoolean(query.get("on")));
			case "cut" -> this.cluster
				.cut(query.containsKey("millis") ? Duration.ofMillis(Long.parseLong(query.get("millis"))) : CUT);
			case "stop-redis" -> this.cluster.redis().halt();
			case "start-redis" -> this.cluster.redis().restart();
			case "stop-instance" -> this.cluster.stop(last());
			case "start-instance" -> this.cluster.start(last());
			default -> {
				send(exchange, 404, "text/plain", new byte[0]);
				return;
			}
		}
		answer(exchange, this.view.state());
	}

	private DemoInstance last() {
		return this.cluster.instances().get(this.cluster.instances().size() - 1);
	}

	private static Map<String, String> query(URI uri) {
		return Stream.of((uri.getQuery() != null) ? uri.getQuery().split("&") : new String[0])
			.map((pair) -> pair.split("=", 2))
			.filter((pair) -> pair.length == 2)
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> pair[1], (first, second) -> second));
	}

	private void answer(HttpExchange exchange, Object body) throws IOException {
		send(exchange, 200, "application/json", this.json.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
	}

	private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
		try (exchange) {
			exchange.getResponseHeaders().set("Content-Type", type);
			exchange.getResponseHeaders().set("Cache-Control", "no-store");
			exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.view.close();
		this.executor.shutdownNow();
	}

}
