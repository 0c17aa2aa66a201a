package io.github.sseredis.sample.demo;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;

/**
 * Where the demo listens.
 *
 * @param redis the port of Redis
 * @param instances the ports of the instances
 * @param stage the port of the stage
 */
record DemoPorts(int redis, List<Integer> instances, int stage) {

	private static final int REDIS_DEFAULT = 6379;

	private static final int STAGE_DEFAULT = 8090;

	/**
	 * Takes the ports from the system properties {@code demo.ports},
	 * {@code demo.redis-port} and {@code demo.stage-port}.
	 */
	static DemoPorts choose() {
		List<Integer> instances = Arrays.stream(System.getProperty("demo.ports", "8080,8081").split(","))
			.map((port) -> parse("demo.ports", port))
			.toList();
		instances.forEach((port) -> requireFree(port, "demo.ports=9080,9081"));
		return new DemoPorts(choose("demo.redis-port", REDIS_DEFAULT), instances,
				choose("demo.stage-port", STAGE_DEFAULT));
	}

	private static int choose(String property, int preferred) {
		String value = System.getProperty(property);
		if (value == null) {
			return isFree(preferred) ? preferred : anyFree();
		}
		int port = parse(property, value);
		requireFree(port, property + "=" + (preferred + 11));
		return port;
	}

	/** The name of an instance, by its place. */
	static String name(int index) {
		return Character.toString('A' + index);
	}

	private static int parse(String property, String value) {
		try {
			int port = Integer.parseInt(value.strip());
			if (port > 0 && port <= 65535) {
				return port;
			}
		}
		catch (NumberFormatException ex) {
			// as a number out of range
		}
		throw new DemoException("-D" + property + ": '" + value + "' is not a port number.");
	}

	private static void requireFree(int port, String example) {
		if (!isFree(port)) {
			throw new DemoException("Port " + port + " is in use. Free it, or choose another, for example -D" + example
					+ " after the command.");
		}
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static int anyFree() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new DemoException("No free port: " + ex.getMessage());
		}
	}

}
