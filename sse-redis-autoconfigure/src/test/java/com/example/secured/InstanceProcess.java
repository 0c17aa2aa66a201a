package com.example.secured;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A running host in a process of its own, which can be killed. */
final class InstanceProcess implements AutoCloseable {

	private static final String PORT = "listens on ";

	private final Process process;

	private final int port;

	private InstanceProcess(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	static InstanceProcess start(Class<?> host, String... properties) throws IOException {
		List<String> command = Stream
			.concat(Stream.of(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
					"-Xmx256m", "-cp", System.getProperty("java.class.path"), InstanceProcess.class.getName(),
					host.getName()), Arrays.stream(properties))
			.toList();
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
		BufferedReader lines = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		String line;
		while ((line = lines.readLine()) != null) {
			if (line.startsWith(PORT)) {
				return new InstanceProcess(process, Integer.parseInt(line.substring(PORT.length())));
			}
		}
		throw new IllegalStateException("The process ended at its start");
	}

	int port() {
		return this.port;
	}

	/** Ends the process as {@code kill -9} does. */
	void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	@Override
	public void close() throws InterruptedException {
		kill();
	}

	public static void main(String[] args) throws ClassNotFoundException, InterruptedException {
		Instance instance = Instance.start(Class.forName(args[0]), Arrays.copyOfRange(args, 1, args.length));
		System.out.println(PORT + instance.uri("/").getPort());
		new CountDownLatch(1).await();
	}

}
