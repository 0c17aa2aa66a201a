package io.github.sseredis.checker;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.github.sseredis.BroadcastException;
import io.github.sseredis.BroadcastException.Outcome;
import io.github.sseredis.EventId;
import io.github.sseredis.SseEvent;
import io.github.sseredis.test.ProcessSignal;

/** An instance in a process of its own, which can be frozen and killed. */
final class AppProcess implements RunningInstance {

	private static final String PORT = "listens on ";

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Process process;

	private final int port;

	private AppProcess(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	static AppProcess start(AppSettings settings) {
		try {
			String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
			Process process = new ProcessBuilder(java, "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp",
					System.getProperty("java.class.path"), AppProcess.class.getName(),
					String.valueOf(settings.redisPort()), settings.prefix(), String.valueOf(settings.memory()),
					settings.publishTimeout().toString())
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
			return new AppProcess(process, awaitPort(process));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int awaitPort(Process process) throws IOException {
		BufferedReader lines = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		String line;
		while ((line = lines.readLine()) != null) {
			if (line.startsWith(PORT)) {
				Thread rest = new Thread(() -> lines.lines().forEach((ignored) -> {
				}), "process-output");
				rest.setDaemon(true);
				rest.start();
				return Integer.parseInt(line.substring(PORT.length()));
			}
		}
		throw new IllegalStateException("The process ended at its start");
	}

	@Override
	public int port() {
		return this.port;
	}

	/** What the process ended with. */
	int exitCode() {
		return this.process.exitValue();
	}

	/** Whether it answers a request within a second. */
	boolean answers() {
		try {
			body(HttpRequest.newBuilder(uri("/position")).GET(), Duration.ofSeconds(1));
			return true;
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	@Override
	public boolean hasPosition() {
		return !EventId.NONE.toString().equals(body(HttpRequest.newBuilder(uri("/position")).GET(), PATIENCE));
	}

	@Override
	public CompletableFuture<?> publish(String topic, SseEvent event) {
		URI target = uri("/publish?topic=" + URLEncoder.encode(topic, StandardCharsets.UTF_8));
		try {
			String outcome = body(
					HttpRequest.newBuilder(target).POST(BodyPublishers.ofString(String.valueOf(event.data()))),
					PATIENCE);
			return outcome.isEmpty() ? CompletableFuture.completedFuture(null) : failed(Outcome.valueOf(outcome));
		}
		catch (UncheckedIOException ex) {
			return failed(Outcome.UNKNOWN);
		}
	}

	private static CompletableFuture<?> failed(Outcome outcome) {
		return CompletableFuture.failedFuture(new BroadcastException(outcome, "in another process", null));
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	private String body(HttpRequest.Builder request, Duration patience) {
		try {
			HttpResponse<String> response = this.http.send(request.timeout(patience).build(), BodyHandlers.ofString());
			if (response.statusCode() != 200) {
				throw new IOException("status " + response.statusCode());
			}
			return response.body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new UncheckedIOException(new IOException(ex));
		}
	}

	/** Freezes the process: its connections stay open and nothing answers. */
	void pause() {
		ProcessSignal.STOP.sendTo(this.process);
	}

	void resume() {
		ProcessSignal.CONT.sendTo(this.process);
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
		List<String> words = List.of(args);
		AppSettings settings = AppSettings.of(Integer.parseInt(words.get(0)), words.get(1))
			.memory(Long.parseLong(words.get(2)))
			.publishTimeout(Duration.parse(words.get(3)));
		System.out.println(PORT + AppInstance.start(settings).port());
		new CountDownLatch(1).await();
	}

}
