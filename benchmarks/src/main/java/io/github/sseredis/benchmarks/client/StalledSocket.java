package io.github.sseredis.benchmarks.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A connection that nobody reads, by its ports on this machine.
 *
 * @param serverPort the one it is connected to
 * @param port its own
 */
public record StalledSocket(int serverPort, int port) {

	private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

	private static final String ESTABLISHED = "01";

	/**
	 * Returns how many bytes of its server each holds, without those that the server has
	 * closed.
	 */
	public static Map<StalledSocket, Long> heldBytes(Set<StalledSocket> sockets) {
		Map<StalledSocket, Long> held = new HashMap<>();
		for (Path table : TABLES) {
			if (Files.exists(table)) {
				try (Stream<String> lines = Files.lines(table)) {
					held.putAll(parse(lines));
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}
		}
		held.keySet().retainAll(sockets);
		return held;
	}

	/**
	 * Reads a table as the kernel writes it: what each socket has sent and its peer has
	 * not taken.
	 */
	static Map<StalledSocket, Long> parse(Stream<String> lines) {
		Map<StalledSocket, Long> held = new HashMap<>();
		lines.map((line) -> line.trim().split("\\s+", -1))
			.filter((words) -> words[3].equals(ESTABLISHED))
			.forEach((words) -> {
				String queues = words[4];
				held.put(new StalledSocket(port(words[1]), port(words[2])),
						Long.parseLong(queues.substring(0, queues.indexOf(':')), 16));
			});
		return held;
	}

	private static int port(String address) {
		return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
	}

}
