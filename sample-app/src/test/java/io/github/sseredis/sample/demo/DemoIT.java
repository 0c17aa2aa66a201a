package io.github.sseredis.sample.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.sseredis.sample.SampleInstance;
import io.github.sseredis.test.SseTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** The launcher as its user meets it: a process, its output, and a signal to end it. */
@Timeout(120)
class DemoIT {

	@Test
	void startsInstancesAndStopsInTimeWithOpenStreams() throws Exception {
		int[] ports = freePorts(4);
		Process demo = demo(ports[0] + "," + ports[1], ports[2], ports[3]);
		List<SseTestClient> clients = new ArrayList<>();
		try {
			List<String> output = output(demo, "The stage");
			assertThat(output.get(output.size() - 1)).endsWith("http://localhost:" + ports[3]);
			assertThat(output).anyMatch((line) -> line.contains("http://localhost:" + ports[0]))
				.anyMatch((line) -> line.contains("http://localhost:" + ports[1]));
			for (int i = 0; i < 10; i++) {
				clients.add(SseTestClient.to(URI.create("http://localhost:" + ports[i % 2] + "/api/stream"))
					.header("Authorization", SampleInstance.basic("customer-1"))
					.open()
					.awaitOpen());
			}
			demo.destroy();
			assertThat(demo.waitFor(5, TimeUnit.SECONDS)).as("stopped in time").isTrue();
			assertThat(isFree(ports[2])).as("Redis stopped").isTrue();
		}
		finally {
			clients.forEach(SseTestClient::close);
			demo.destroyForcibly();
		}
	}

	@Test
	void saysWhichPortIsInUse() throws Exception {
		try (ServerSocket taken = new ServerSocket(0)) {
			int[] ports = freePorts(2);
			Process demo = demo(Integer.toString(taken.getLocalPort()), ports[0], ports[1]);
			assertThat(output(demo, "in use")).anyMatch((line) -> line.contains("Port " + taken.getLocalPort()));
			assertThat(demo.waitFor()).isEqualTo(1);
		}
	}

	private static Process demo(String ports, int redisPort, int stagePort) throws IOException {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath,
				"-Ddemo.ports=" + ports, "-Ddemo.redis-port=" + redisPort, "-Ddemo.stage-port=" + stagePort,
				Demo.class.getName())
			.redirectErrorStream(true)
			.start();
	}

	private static List<String> output(Process demo, String end) throws IOException {
		List<String> lines = new ArrayList<>();
		BufferedReader reader = new BufferedReader(
				new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8));
		String line = reader.readLine();
		while (line != null) {
			lines.add(line);
			if (line.contains(end)) {
				return lines;
			}
			line = reader.readLine();
		}
		throw new AssertionError("The demo ended:\n" + String.join("\n", lines));
	}

	private static int[] freePorts(int count) throws IOException {
		List<ServerSocket> sockets = new ArrayList<>();
		try {
			for (int i = 0; i < count; i++) {
				sockets.add(new ServerSocket(0));
			}
			return sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
		}
		finally {
			for (ServerSocket socket : sockets) {
				socket.close();
			}
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

}
