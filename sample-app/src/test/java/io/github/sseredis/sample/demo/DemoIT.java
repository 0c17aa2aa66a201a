package io.github.sseredis.sample.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.jayway.jsonpath.JsonPath;
import io.github.sseredis.sample.SampleInstance;
import io.github.sseredis.test.Ports;
import io.github.sseredis.test.SseTestClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The launcher as its user meets it: a process, its output, and a signal to end it. */
@Timeout(240)
class DemoIT {

	private static final String CLASS_PATH = System.getProperty("surefire.test.class.path",
			System.getProperty("java.class.path"));

	@Test
	void startsInstancesAndStopsInTimeWithOpenStreams(@TempDir Path directory) throws Exception {
		int[] ports = freePorts(4);
		Process demo = demoLikeMaven(directory, ports[0] + "," + ports[1], ports[2], ports[3]);
		List<SseTestClient> clients = new ArrayList<>();
		try {
			List<String> output = output(demo, "The stage");
			assertThat(output.get(output.size() - 1)).endsWith("http://localhost:" + ports[3]);
			assertThat(output).anyMatch((line) -> line.contains("http://localhost:" + ports[0]))
				.anyMatch((line) -> line.contains("http://localhost:" + ports[1]));
			assertThat(stage(ports[3], "stop-instance")).containsExactly("running", "stopped");
			assertThat(stage(ports[3], "start-instance")).containsExactly("running", "running");
			for (int i = 0; i < 10; i++) {
				clients.add(SseTestClient.to(URI.create("http://localhost:" + ports[i % 2] + "/api/stream"))
					.header("Authorization", SampleInstance.basic("customer-1"))
					.open()
					.awaitOpen());
			}
			demo.destroy();
			// Waiting for the streams would take half a minute for each instance.
			assertThat(demo.waitFor(20, TimeUnit.SECONDS)).as("stopped in time").isTrue();
			Awaitility.await("Redis stopped").atMost(Duration.ofSeconds(30)).until(() -> isFree(ports[2]));
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
		return start(CLASS_PATH, ports, redisPort, stagePort, Demo.class.getName());
	}

	private static Process demoLikeMaven(Path directory, String ports, int redisPort, int stagePort)
			throws IOException {
		String file = LikeMaven.class.getName().replace('.', '/') + ".class";
		Files.createDirectories(directory.resolve(file).getParent());
		try (InputStream in = LikeMaven.class.getClassLoader().getResourceAsStream(file)) {
			Files.copy(Objects.requireNonNull(in), directory.resolve(file));
		}
		return start(directory.toString(), ports, redisPort, stagePort, LikeMaven.class.getName());
	}

	private static Process start(String classPath, String ports, int redisPort, int stagePort, String main)
			throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath,
				"-Ddemo.class-path=" + CLASS_PATH, "-Ddemo.ports=" + ports, "-Ddemo.redis-port=" + redisPort,
				"-Ddemo.stage-port=" + stagePort, main)
			.redirectErrorStream(true)
			.start();
	}

	/** Presses a button of the stage, and returns what the instances do then. */
	private static List<String> stage(int port, String action) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/control/" + action))
			.header("X-Stage", "1")
			.POST(BodyPublishers.noBody())
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonPath.read(response.body(), "$.instances[*].state");
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

	private static int[] freePorts(int count) {
		return IntStream.range(0, count).map((i) -> Ports.free()).toArray();
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
