package io.github.sseredis.docs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.LoadState;
import org.opentest4j.TestAbortedException;

/** Starts clients: scripts in Chromium, Node.js and Bash, and classes. */
final class ClientBench implements AutoCloseable {

	private static final Page PAGE = Page.of("docs/clients.md");

	private final Path directory;

	private final Chromium chromium;

	private ClientBench(Path directory, Chromium chromium) {
		this.directory = directory;
		this.chromium = chromium;
	}

	/** Installs the packages in a directory. */
	static ClientBench start(Path directory) throws IOException, InterruptedException {
		Files.writeString(directory.resolve("package.json"), resource("package.json"));
		run(directory, "npm", "install", "--prefer-offline", "--fetch-retries=5", "--no-package-lock", "--no-audit",
				"--no-fund", "--loglevel=error");
		return new ClientBench(directory, Chromium.start());
	}

	private static void run(Path directory, String... command) throws IOException, InterruptedException {
		Process process;
		try {
			process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
		}
		catch (IOException ex) {
			throw new TestAbortedException("No " + command[0] + " on this machine", ex);
		}
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
			throw new IllegalStateException(String.join(" ", command) + ": " + output);
		}
	}

	/** Where the packages are. */
	Path packages() {
		return this.directory.resolve("node_modules");
	}

	/** The script that the page shows for a client. */
	static String documented(String file) {
		return PAGE.blocks()
			.stream()
			.filter((block) -> file.equals(block.file()))
			.findFirst()
			.orElseThrow(() -> new AssertionError("docs/clients.md shows no " + file))
			.text();
	}

	static String resource(String name) {
		try (InputStream in = ClientBench.class.getResourceAsStream("/clients/" + name)) {
			return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Runs a script in Chromium, in a page of the host. */
	Driver browser(ClientHost host, String url, String script) {
		String html = resource("browser.html").replace("SCRIPT", script).replace("URL", url);
		com.microsoft.playwright.Page page = this.chromium.page();
		page.route("**/client.html",
				(route) -> route.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody(html)));
		page.navigate(host.host().address() + "/client.html");
		page.waitForLoadState(LoadState.DOMCONTENTLOADED);
		return new Driver() {

			@Override
			public List<String> notes() {
				return ((List<?>) page.evaluate("window.notes")).stream().map(Object::toString).toList();
			}

			@Override
			public void close() {
				page.close();
			}

		};
	}

	Driver node(String url, String script) {
		Path file = write("client.mjs", resource("node.mjs").replace("SCRIPT", script).replace("URL", url));
		return process(UnaryOperator.identity(), new ProcessBuilder("node", file.toString()));
	}

	Driver bash(String url, String script) {
		ProcessBuilder builder = new ProcessBuilder("bash", write("client.sh", script).toString());
		builder.environment().put("url", url);
		return process(ClientBench::noteOfLine, builder);
	}

	private static String noteOfLine(String line) {
		if (line.startsWith("data: ") && !line.equals("data: {}")) {
			return "order:" + line.substring("data: ".length());
		}
		return Map.of("closed", "closed:", "event: reset", "reset:").getOrDefault(line, line);
	}

	private Path write(String name, String text) {
		try {
			return Files.writeString(this.directory.resolve(name), text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Driver process(UnaryOperator<String> note, ProcessBuilder builder) {
		List<String> notes = new CopyOnWriteArrayList<>();
		try {
			Process process = builder.directory(this.directory.toFile()).redirectErrorStream(true).start();
			Thread reader = new Thread(
					() -> new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
						.lines()
						.map(note)
						.forEach(notes::add));
			reader.setDaemon(true);
			reader.start();
			return driver(notes, () -> {
				process.descendants().forEach(ProcessHandle::destroy);
				process.destroy();
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Opens the stream with the class that the page shows. */
	Driver documentedClass(String directory, String url) {
		List<String> notes = new CopyOnWriteArrayList<>();
		DocumentedProject project = DocumentedProject.build(PAGE, directory + "/", Map.of(),
				this.directory.resolve(directory));
		try {
			Consumer<String> show = (data) -> notes.add("order:" + data);
			Runnable reload = () -> notes.add("reset:");
			AutoCloseable client = (AutoCloseable) project.loader()
				.loadClass(directory + ".OrderStream")
				.getConstructor(String.class, Consumer.class, Runnable.class)
				.newInstance(url, show, reload);
			client.getClass().getMethod("open").invoke(client);
			return driver(notes, client);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static Driver driver(List<String> notes, AutoCloseable resource) {
		return new Driver() {

			@Override
			public List<String> notes() {
				return List.copyOf(notes);
			}

			@Override
			public void close() {
				try {
					resource.close();
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			}

		};
	}

	@Override
	public void close() {
		this.chromium.close();
	}

}
