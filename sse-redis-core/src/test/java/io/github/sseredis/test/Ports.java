package io.github.sseredis.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds free ports for servers that a test stops and starts again.
 */
public final class Ports {

	// Below the range from which systems take the ports of outgoing connections: a client
	// that reconnects to a stopped server on such a port could connect to itself and take
	// the port away. And low enough for a Redis Cluster bus, 10000 above.
	private static final int FIRST = 15_000;

	private static final int LAST = 22_000;

	// A port is used some time after it was found free. So each JVM begins elsewhere and
	// goes on from there: what one is about to use is not found by another, nor again.
	private static final AtomicLong NEXT = new AtomicLong(ProcessHandle.current().pid() * 97);

	private Ports() {
	}

	/**
	 * Finds a port on which nobody listens on 127.0.0.1.
	 * @return a port that was free a moment ago
	 */
	public static int free() {
		for (int attempt = 0; attempt < 1000; attempt++) {
			int port = FIRST + (int) (NEXT.getAndIncrement() % (LAST - FIRST));
			if (isFree(port)) {
				return port;
			}
		}
		throw new IllegalStateException("No free port between " + FIRST + " and " + LAST);
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
