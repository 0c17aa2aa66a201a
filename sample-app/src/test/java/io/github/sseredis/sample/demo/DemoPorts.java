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
 */
record DemoPorts(int redis, List<Integer> instances) {

	private static final int REDIS_DEFAULT = 6379;

	/**
	 * Takes the ports from the system properties {@code demo.ports} and
	 * {@code demo.redis-port}.
	 */
	static DemoPorts choose() {
		List<Integer> instances = Arrays.stream(System.getProperty("demo.ports", "8080,8081").split(","))
			.map((port) -> parse("demo.ports", port))
			.toList();
		instances.forEach((port) -> requireFree(port, "demo.ports=9080,9081"));
		String redis = System.getProperty("demo.redis-port");
		if (redis == null) {
			return new DemoPorts(isFree(REDIS_DEFAULT) ? REDIS_DEFAULT : anyFree(), instances);
		}
		requireFree(parse("demo.redis-port", redis), "demo.redis-port=6390");
		return new DemoPorts(parse("demo.redis-port", redis), instances);
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
