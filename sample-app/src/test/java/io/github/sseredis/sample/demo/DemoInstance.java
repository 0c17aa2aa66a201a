package io.github.sseredis.sample.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventId;
import io.github.sseredis.sample.SampleApplication;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** An instance of the application, which can be stopped and started. Thread-safe. */
final class DemoInstance {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** What it does at the moment. */
	enum State {

		STOPPED, STARTING, RUNNING, STOPPING

	}

	private final String name;

	private final int port;

	private final List<String> arguments;

	private final Class<?> stage;

	private volatile State state = State.STOPPED;

	private volatile @Nullable ConfigurableApplicationContext context;

	/**
	 * Creates an instance, which is not started.
	 * @param stage the beans that it has for the stage alone
	 */
	DemoInstance(String name, int port, int redisPort, String stageOrigin, Class<?> stage) {
		this.name = name;
		this.port = port;
		this.stage = stage;
		this.arguments = new ArrayList<>(List.of("--sample.instance=" + name, "--server.port=" + port,
				"--spring.data.redis.host=127.0.0.1", "--spring.data.redis.port=" + redisPort,
				// One database for all instances, as they are in one process.
				"--spring.datasource.url=jdbc:h2:mem:demo;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE",
				"--demo.stage-origin=" + stageOrigin, "--spring.main.banner-mode=off", "--logging.level.com=warn",
				"--logging.level.org=warn",
				// So that something is to be seen soon, and an outage may last.
				"--sse.reconnect-time=1s", "--sse.heartbeat-interval=2s", "--sse.publish.timeout=10m"));
	}

	String name() {
		return this.name;
	}

	int port() {
		return this.port;
	}

	State state() {
		return this.state;
	}

	/** What it publishes through; null unless it is running. */
	@Nullable Broadcaster broadcaster() {
		ConfigurableApplicationContext running = this.context;
		return (running != null && this.state == State.RUNNING) ? running.getBean(Broadcaster.class) : null;
	}

	synchronized void start() {
		if (this.state != State.STOPPED) {
			return;
		}
		this.state = State.STARTING;
		try {
			SpringApplication application = new SpringApplication(SampleApplication.class, this.stage);
			application.setMainApplicationClass(SampleApplication.class);
			this.context = application.run(this.arguments.toArray(String[]::new));
			this.state = State.RUNNING;
		}
		finally {
			if (this.state == State.STARTING) {
				this.state = State.STOPPED;
			}
		}
	}

	/** Waits until it knows its position: a list before that would mean a reset. */
	void awaitPosition() {
		Awaitility.await().atMost(PATIENCE).until(() -> {
			Broadcaster broadcaster = broadcaster();
			return broadcaster != null && !broadcaster.lastEventId().equals(EventId.NONE);
		});
	}

	synchronized void stop() {
		ConfigurableApplicationContext running = this.context;
		if (running == null) {
			return;
		}
		this.state = State.STOPPING;
		running.close();
		this.context = null;
		this.state = State.STOPPED;
	}

}
