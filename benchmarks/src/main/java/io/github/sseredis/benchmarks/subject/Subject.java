package io.github.sseredis.benchmarks.subject;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A kind of server that is measured. */
public enum Subject {

	SSE_REDIS_TOMCAT("sse-redis, Tomcat", "SseRedisServer", Container.TOMCAT),

	/** With {@code sse.tomcat.small-buffers}. */
	SSE_REDIS_TOMCAT_SMALL("sse-redis, Tomcat, small buffers", "SseRedisServer", Container.TOMCAT,
			"--sse.tomcat.small-buffers=true"),

	SSE_REDIS_JETTY("sse-redis, Jetty", "SseRedisServer", Container.JETTY),

	HAND_WRITTEN("hand-written, Tomcat", "HandWrittenServer", Container.TOMCAT),

	SSE_EVENTBUS("sse-eventbus, Tomcat", "EventBusServer", Container.TOMCAT),

	NCHAN("nchan", "NchanPublisher", Container.NONE);

	/** The container of an application; the other one on the class path is left out. */
	enum Container {

		TOMCAT("org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration"),

		JETTY("org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration"),

		NONE("");

		private final String excluded;

		Container(String excluded) {
			this.excluded = excluded;
		}

		List<String> arguments() {
			return List.of("--spring.autoconfigure.exclude=" + this.excluded, "--server.port=0",
					"--server.tomcat.max-connections=20000", "--server.tomcat.accept-count=1000",
					"--server.jetty.max-connections=20000", "--spring.main.banner-mode=off",
					"--spring.application.name=benchmark", "--spring.data.redis.repositories.enabled=false",
					"--sse.limits.connections=0", "--logging.level.root=warn");
		}

	}

	private final String title;

	private final String program;

	private final Container container;

	private final String property;

	Subject(String title, String program, Container container) {
		this(title, program, container, "");
	}

	Subject(String title, String program, Container container, String property) {
		this.title = title;
		this.program = program;
		this.container = container;
		this.property = property;
	}

	/** The name in tables and charts. */
	public String title() {
		return this.title;
	}

	/** Whether it must be complete and in order; the others are only measured. */
	public boolean isOurs() {
		return this.program.equals("SseRedisServer");
	}

	public boolean isAvailable() {
		return this != NCHAN || Nginx.isInstalled();
	}

	String program() {
		return this.program;
	}

	/** The arguments of an application. */
	List<String> arguments() {
		return Stream.concat(this.container.arguments().stream(), Stream.of(this.property))
			.filter(Predicate.not(String::isEmpty))
			.toList();
	}

}
