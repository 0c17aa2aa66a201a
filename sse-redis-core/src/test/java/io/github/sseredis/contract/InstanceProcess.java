package io.github.sseredis.contract;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.sseredis.EventId;
import io.github.sseredis.test.RedisServer;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.awaitility.Awaitility.await;

/** An instance in a process of its own, which can be told to stop. */
final class InstanceProcess implements AutoCloseable {

	private static final String STREAM = "streams at ";

	private final Process process;

	private final List<String> output = new CopyOnWriteArrayList<>();

	private final CountDownLatch started = new CountDownLatch(1);

	private final Thread reader = new Thread(this::read, "output-of-process");

	private volatile URI stream = URI.create("");

	private InstanceProcess(Process process) {
		this.process = process;
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
		this.reader.setDaemon(true);
		this.reader.start();
	}

	/** Starts an instance that streams a topic. */
	static InstanceProcess start(WebServer webServer, RedisServer redis, String prefix, String topic)
			throws IOException, InterruptedException {
		InstanceProcess started = new InstanceProcess(
				new ProcessBuilder(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
						"-Xmx256m", "-cp", System.getProperty("java.class.path"), InstanceProcess.class.getName(),
						webServer.name(), redis.host(), String.valueOf(redis.port()), prefix, topic)
					.redirectErrorStream(true)
					.start());
		if (!started.started.await(60, TimeUnit.SECONDS)) {
			started.close();
			throw new IllegalStateException("The process did not start: " + started.output);
		}
		return started;
	}

	private void read() {
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
			String line;
			while ((line = lines.readLine()) != null) {
				if (line.startsWith(STREAM)) {
					this.stream = URI.create(line.substring(STREAM.length()));
					this.started.countDown();
				}
				this.output.add(line);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	URI stream() {
		return this.stream;
	}

	/** Everything it has logged; all there will be once it has ended. */
	List<String> output() {
		return this.output;
	}

	/**
	 * Sends SIGTERM, and goes on reading what it says, unlike the process itself would.
	 */
	void terminate() {
		this.process.toHandle().destroy();
	}

	/** Waits for the end of the process, and returns its exit code. */
	int awaitExit() throws InterruptedException {
		if (!this.process.waitFor(60, TimeUnit.SECONDS)) {
			throw new AssertionError("The process does not end: " + this.output);
		}
		this.reader.join(10_000);
		return this.process.exitValue();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	public static void main(String[] args) throws InterruptedException {
		Instance instance = Instance
			.redis(() -> new LettuceConnectionFactory(args[1], Integer.parseInt(args[2])), args[3])
			.on(WebServer.valueOf(args[0]))
			.property("spring.main.register-shutdown-hook=true")
			.property("logging.level.root=info")
			.start();
		await().until(() -> !instance.log().lastEventId().equals(EventId.NONE));
		System.out.println(STREAM + instance.stream(args[4]));
		new CountDownLatch(1).await();
	}

}
