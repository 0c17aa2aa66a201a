package io.github.sseredis.sample.demo;

import java.util.List;

import org.springframework.boot.SpringApplication;

/**
 * The demo: a Redis, an instance of the application on each port, and the stage, on which
 * they can be stopped.
 */
public final class Demo {

	private Demo() {
	}

	public static void main(String[] args) {
		try {
			DemoPorts ports = DemoPorts.choose();
			DemoCluster cluster = DemoCluster.start(ports, StageBeans.class);
			StagePublisher publisher = new StagePublisher(cluster.instances());
			StageServer stage = StageServer.start(cluster, publisher, ports.stage());
			// Runs when the instances have closed.
			SpringApplication.getShutdownHandlers().add(() -> {
				stage.close();
				publisher.close();
				cluster.close();
			});
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

	private static String welcome(DemoPorts ports) {
		StringBuilder text = new StringBuilder("\nThe demo is running.\n\n");
		List<Integer> instances = ports.instances();
		for (int i = 0; i < instances.size(); i++) {
			text.append("  instance %s   http://localhost:%d%n".formatted(DemoPorts.name(i), instances.get(i)));
		}
		return text.append("  Redis        redis-cli -p %d%n".formatted(ports.redis()))
			.append("\nLog in as customer-1, mart-7 or admin (password: password). What you do on one instance shows"
					+ " on the\nother at once. Ctrl-C stops everything.\n")
			.append("\nThe stage, where you can break it:   http://localhost:%d%n".formatted(ports.stage()))
			.toString();
	}

}
