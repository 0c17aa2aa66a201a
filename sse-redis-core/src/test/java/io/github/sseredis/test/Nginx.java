package io.github.sseredis.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.opentest4j.TestAbortedException;

/** A real nginx in front of instances, with a given configuration of its server. */
public final class Nginx implements AutoCloseable {

	private static final List<String> PLACES = List.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx");

	private final Path directory;

	private final Process process;

	private Nginx(Path directory, Process process) {
		this.directory = directory;
		this.process = process;
	}

	/**
	 * Starts nginx.
	 * @param configuration what stands in the {@code http} block
	 * @param port where it is to listen
	 * @return the running nginx, which the test closes
	 */
	public static Nginx start(String configuration, int port) {
		String program = PLACES.stream()
			.filter((place) -> Files.isExecutable(Path.of(place)))
			.findFirst()
			.orElseThrow(() -> new TestAbortedException("No nginx on this machine"));
		Path directory = TempDirectories.create("sse-nginx");
		try {
			Files.writeString(directory.resolve("nginx.conf"), whole(configuration, directory));
			Process process = new ProcessBuilder(
					List.of(program, "-p", directory.toString(), "-c", "nginx.conf", "-e", "error.log"))
				.redirectErrorStream(true)
				.redirectOutput(directory.resolve("output.log").toFile())
				.start();
			Nginx nginx = new Nginx(directory, process);
			nginx.awaitListening(port);
			return nginx;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String whole(String configuration, Path directory) {
		List<String> lines = new ArrayList<>();
		// The workers are to get at the directory, which is this user's alone.
		lines.add("user " + System.getProperty("user.name") + ";");
		lines.add("daemon off;");
		lines.add("pid nginx.pid;");
		lines.add("worker_processes 1;");
		lines.add("events { worker_connections 4096; }");
		lines.add("http {");
		lines.add("access_log off;");
		for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
			lines.add(kind + "_temp_path " + directory.resolve(kind) + ";");
		}
		lines.add(configuration);
		lines.add("}");
		return String.join("\n", lines);
	}

	private void awaitListening(int port) {
		try {
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.failFast(() -> !this.process.isAlive())
				.until(() -> listens(port));
		}
		catch (RuntimeException ex) {
			String said = log();
			close();
			throw new IllegalStateException("nginx does not listen: " + said, ex);
		}
	}

	private static boolean listens(int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** What it has logged. */
	public String log() {
		try {
			Path errors = this.directory.resolve("error.log");
			return (Files.exists(errors) ? Files.readString(errors) : "")
					+ Files.readString(this.directory.resolve("output.log"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		TempDirectories.delete(this.directory);
	}

}
