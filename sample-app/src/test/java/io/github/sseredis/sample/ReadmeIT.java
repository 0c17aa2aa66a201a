package io.github.sseredis.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import com.jayway.jsonpath.JsonPath;
import io.github.sseredis.test.SseClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Types the commands of README.md into a shell: that they do what it says, with the curl
 * of this machine.
 */
@Tag("full")
class ReadmeIT {

	private static final Pattern COMMANDS = Pattern.compile("<!-- checked by: ReadmeIT -->\n```sh\n(.*?)```",
			Pattern.DOTALL);

	private static final SampleInstance a = SampleCluster.shared().a();

	private static final SampleInstance b = SampleCluster.shared().b();

	@TempDir
	static Path directory;

	@Test
	void commandsAreAnsweredAndShowInTheStream() throws Exception {
		List<String> commands = COMMANDS.matcher(Files.readString(Path.of("README.md")))
			.results()
			.flatMap((block) -> block.group(1).lines())
			.toList();
		assertThat(commands).hasSize(6);
		Path shown = directory.resolve("stream");
		Process stream = shell(commands.get(0) + " -s > " + shown);
		try (SseClient admin = a.stream("admin"); SseClient customer = a.stream("customer-1")) {
			await(shown, "retry: ");
			assertThat(run(commands.get(1))).contains("\"item\":\"Tteokbokki\"").endsWith("\n201");
			String list = run(commands.get(2));
			assertThat(list).contains("\"item\":\"Tteokbokki\"").endsWith("\n200");
			assertThat(JsonPath.<String>read(list, "$.lastEventId")).isNotEmpty();
			assertThat(run(commands.get(3))).endsWith("\n202");
			assertThat(run(commands.get(4))).contains("\"text\":\"We close at ten\"").endsWith("\n201");
			assertThat(run(commands.get(5))).contains("\"title\":\"A day at the sea\"").endsWith("\n202");
			await(shown, "event: order\ndata: {", "\"Tteokbokki\"", "event: notification\n", "We close at ten");
			// Other tests count notifications, and what this customer sees.
			customer.awaitEvent("video-ready");
			admin.awaitEvent(
					(event) -> event.data().contains("Lighthouse") && event.data().contains("\"notified\":5004"));
		}
		finally {
			stream.descendants().forEach(ProcessHandle::destroy);
			stream.destroy();
		}
	}

	private static String run(String command) throws IOException, InterruptedException {
		Process process = shell(command + " -s -w '\\n%{http_code}'");
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

	private static Process shell(String command) throws IOException {
		String here = command.replace("localhost:8080", a.address().getAuthority())
			.replace("localhost:8081", b.address().getAuthority());
		assertThat(here).isNotEqualTo(command);
		return new ProcessBuilder("bash", "-c", here).redirectErrorStream(true).start();
	}

	private static void await(Path shown, String... texts) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(Files.exists(shown) ? Files.readString(shown) : "").contains(texts));
	}

}
