package io.github.sseredis.sample.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventId;
import io.github.sseredis.sample.SampleApplication;
import org.awaitility.Awaitility;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;

/** The demo: a Redis, and an instance of the application on each port. */
public final class Demo {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private Demo() {
	}

	public static void main(String[] args) {
		try {
			DemoPorts ports = DemoPorts.choose();
			DemoRedis redis = DemoRedis.start(ports.redis());
			// Runs when the instances have closed.
			SpringApplication.getShutdownHandlers().add(() -> stop(redis));
			for (int i = 0; i < ports.instances().size(); i++) {
				startInstance(name(i), ports.instances().get(i), ports.redis());
			}
			System.out.println(welcome(ports));
		}
		catch (DemoException ex) {
			System.err.println("\n" + ex.getMessage() + "\n");
			System.exit(1);
		}
		catch (Exception ex) {
			ex.printStackTrace();
			System.exit(1);
		}
	}

	private static void stop(DemoRedis redis) {
		try {
			redis.stop();
		}
		catch (IOException ex) {
			System.err.println("Redis was not there to be stopped: " + ex.getMessage());
		}
	}

	private static void startInstance(String name, int port, int redisPort) {
		SpringApplication application = new SpringApplication(SampleApplication.class);
		application.setMainApplicationClass(SampleApplication.class);
		ApplicationContext instance = application.run("--sample.instance=" + name, "--server.port=" + port,
				"--spring.data.redis.host=127.0.0.1", "--spring.data.redis.port=" + redisPort,
				// One database for all instances, as they are in one process.
				"--spring.datasource.url=jdbc:h2:mem:demo;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE",
				"--spring.main.banner-mode=off", "--logging.level.com=warn", "--logging.level.org=warn");
		// Serves already, but a first list without a position would mean a reset.
		Broadcaster broadcaster = instance.getBean(Broadcaster.class);
		Awaitility.await().atMost(PATIENCE).until(() -> !broadcaster.lastEventId().equals(EventId.NONE));
	}

	private static String name(int index) {
		return Character.toString('A' + index);
	}

	private static String welcome(DemoPorts ports) {
		StringBuilder text = new StringBuilder("\nThe demo is running. Open each instance in a tab of its own:\n\n");
		List<Integer> instances = ports.instances();
		for (int i = 0; i < instances.size(); i++) {
			text.append("  instance %s   http://localhost:%d%n".formatted(name(i), instances.get(i)));
		}
		return text.append("  Redis        redis-cli -p %d%n".formatted(ports.redis()))
			.append("\nWhat you do on one shows on the other at once. Ctrl-C stops everything.\n")
			.toString();
	}

}
