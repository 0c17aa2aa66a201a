package io.github.sseredis.checker;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

/** An instance in a process of its own, which can be killed. */
final class AppProcess implements AutoCloseable {

	private static final String PORT = "listens on ";

	private final Process process;

	private final int port;

	private AppProcess(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	static AppProcess start(int redisPort, String prefix) throws IOException {
		Process process = new ProcessBuilder(
				System.getProperty("java.home") + File.separator + "bin" + File.separator + "java", "-Xmx256m", "-cp",
				System.getProperty("java.class.path"), AppProcess.class.getName(), String.valueOf(redisPort), prefix)
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
		BufferedReader lines = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		String line;
		while ((line = lines.readLine()) != null) {
			if (line.startsWith(PORT)) {
				return new AppProcess(process, Integer.parseInt(line.substring(PORT.length())));
			}
		}
		throw new IllegalStateException("The process ended at its start");
	}

	/** Where it listens; empty once it is killed. */
	OptionalInt port() {
		return this.process.isAlive() ? OptionalInt.of(this.port) : OptionalInt.empty();
	}

	/** Ends the process as {@code kill -9} does. */
	void kill() {
		try {
			this.process.destroyForcibly().waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		kill();
	}

	public static void main(String[] args) throws InterruptedException {
		AppInstance instance = AppInstance.start(AppSettings.of(Integer.parseInt(args[0]), args[1]));
		while (!instance.hasPosition()) {
			Fault.hold(20);
		}
		System.out.println(PORT + instance.port());
		new CountDownLatch(1).await();
	}

}
