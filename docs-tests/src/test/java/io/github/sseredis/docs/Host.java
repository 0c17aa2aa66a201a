package io.github.sseredis.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.EventId;
import io.github.sseredis.redis.RedisBroadcaster;
import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RedisExtension;
import org.awaitility.Awaitility;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

/**
 * An instance of an application that a page shows, in this JVM.
 *
 * @param context its context
 * @param address where it listens
 */
record Host(ConfigurableApplicationContext context, URI address) implements AutoCloseable {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final Pattern DATABASE = Pattern
		.compile("\\.(jdbc|jpa|hibernate|data\\.jpa|transaction|persistence)\\.");

	private static final Pattern SECURITY = Pattern.compile("\\.security\\.");

	/** How to start one. */
	static Builder of(DocumentedProject project, String type) {
		return new Builder(project.loader(), type);
	}

	/** How to start one that is no page's. */
	static Builder of(Class<?> type) {
		return new Builder(type.getClassLoader(), type.getName());
	}

	String get(String path) {
		return send(HttpRequest.newBuilder(this.address.resolve(path))).body();
	}

	/** Posts a form. */
	String post(String path, String form) {
		return send(HttpRequest.newBuilder(this.address.resolve(path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form))).body();
	}

	HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return HTTP.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** Opens a stream as a user. */
	RawSseClient stream(String path, String user, String... headers) {
		List<String> all = new ArrayList<>(List.of(headers));
		all.addAll(List.of("X-User", user));
		return RawSseClient.open(this.address.resolve(path), all.toArray(String[]::new)).awaitHeaders();
	}

	/** Gets as a user. */
	String get(String path, String user) {
		return send(HttpRequest.newBuilder(this.address.resolve(path)).header("X-User", user)).body();
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * How an instance is started. Everything on the class path of the tests is there
	 * unless left out.
	 */
	static final class Builder {

		private final ClassLoader loader;

		private final String type;

		private final Map<String, String> properties = new LinkedHashMap<>();

		private final List<Pattern> without = new ArrayList<>();

		private Builder(ClassLoader loader, String type) {
			this.loader = loader;
			this.type = type;
			with("spring.main.banner-mode=off", "logging.level.root=warn", "spring.main.register-shutdown-hook=false",
					"server.port=0");
		}

		Builder redis(RedisExtension redis) {
			return with("spring.data.redis.host=" + redis.host(), "spring.data.redis.port=" + redis.port(),
					"sse.channel-prefix=" + redis.prefix());
		}

		Builder withoutDatabase() {
			this.without.add(DATABASE);
			return this;
		}

		Builder withoutSecurity() {
			this.without.add(SECURITY);
			return this;
		}

		/** Sets properties, {@code name=value}; the last of a name counts. */
		Builder with(String... properties) {
			for (String property : properties) {
				int separator = property.indexOf('=');
				this.properties.put(property.substring(0, separator), property.substring(separator + 1));
			}
			return this;
		}

		Host start() {
			Thread thread = Thread.currentThread();
			ClassLoader before = thread.getContextClassLoader();
			thread.setContextClassLoader(this.loader);
			try {
				SpringApplication application = new SpringApplication(new DefaultResourceLoader(this.loader),
						this.loader.loadClass(this.type));
				with("spring.autoconfigure.exclude=" + excluded());
				ConfigurableApplicationContext context = application
					.run(this.properties.entrySet().stream().map((entry) -> "--" + entry).toArray(String[]::new));
				awaitPosition(context);
				int port = (context instanceof WebServerApplicationContext server) ? server.getWebServer().getPort()
						: 0;
				return new Host(context, URI.create("http://localhost:" + port));
			}
			catch (ClassNotFoundException ex) {
				throw new IllegalStateException(ex);
			}
			finally {
				thread.setContextClassLoader(before);
			}
		}

		// A stream that is opened before may begin with a reset.
		private static void awaitPosition(ConfigurableApplicationContext context) {
			if (context.getBeanProvider(EmitterRegistry.class).getIfAvailable() != null) {
				RedisBroadcaster broadcaster = context.getBeanProvider(RedisBroadcaster.class).getIfAvailable();
				Awaitility.await()
					.atMost(Duration.ofSeconds(60))
					.until(() -> broadcaster == null || !broadcaster.lastEventId().equals(EventId.NONE));
			}
		}

		private String excluded() {
			return StreamSupport
				.stream(ImportCandidates.load(AutoConfiguration.class, this.loader).spliterator(), false)
				.filter((name) -> !name.startsWith("io.github.sseredis."))
				.filter((name) -> this.without.stream().anyMatch((pattern) -> pattern.matcher(name).find()))
				.collect(Collectors.joining(","));
		}

	}

}
