package io.github.sseredis.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DockerProbeTests {

	@TempDir
	private Path directory;

	@Test
	void findsNoneWhenThereIsNoSocket() {
		assertThat(probe(Map.of()).answers()).isFalse();
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void findsTheEngineWhenItsSocketAnswers() throws IOException {
		try (ServerSocketChannel server = listen("default.sock")) {
			answer(server, "HTTP/1.1 200 OK\r\n\r\nOK");
			assertThat(probe(Map.of()).answers()).isTrue();
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void findsTheEngineWhenTheEnvironmentNamesItsSocket() throws IOException {
		try (ServerSocketChannel server = listen("other.sock")) {
			answer(server, "HTTP/1.1 200 OK\r\n\r\nOK");
			assertThat(probe(Map.of("DOCKER_HOST", "unix://" + this.directory.resolve("other.sock"))).answers())
				.isTrue();
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void findsTheEngineWhenTestcontainersIsToldOfIt() throws IOException {
		Path home = Files.createDirectory(this.directory.resolve("home"));
		Files.writeString(home.resolve(".testcontainers.properties"),
				"docker.host=unix\\://" + this.directory.resolve("other.sock"));
		try (ServerSocketChannel server = listen("other.sock")) {
			answer(server, "HTTP/1.1 200 OK\r\n\r\nOK");
			assertThat(probe(Map.of()).answers()).isTrue();
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void findsNoneWhenTheSocketAnswersWithAnError() throws IOException {
		try (ServerSocketChannel server = listen("default.sock")) {
			answer(server, "HTTP/1.1 503 Service Unavailable\r\n\r\n");
			assertThat(probe(Map.of()).answers()).isFalse();
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void findsNoneWhenTheSocketIsSilent() throws IOException {
		try (ServerSocketChannel server = listen("default.sock")) {
			assertThat(server.isOpen()).isTrue();
			assertThat(probe(Map.of()).answers()).isFalse();
		}
	}

	@Test
	void findsNoneWhenNobodyListensAtTheHost() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		assertThat(probe(Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + port)).answers()).isFalse();
	}

	private DockerProbe probe(Map<String, String> environment) {
		return new DockerProbe(environment, this.directory.resolve("home"), this.directory.resolve("default.sock"),
				Duration.ofSeconds(3));
	}

	private ServerSocketChannel listen(String name) throws IOException {
		ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
		server.bind(UnixDomainSocketAddress.of(this.directory.resolve(name)));
		return server;
	}

	private static void answer(ServerSocketChannel server, String response) {
		CompletableFuture.runAsync(() -> {
			try (SocketChannel channel = server.accept()) {
				Channels.newInputStream(channel).read(new byte[256]);
				channel.write(ByteBuffer.wrap(response.getBytes(StandardCharsets.US_ASCII)));
			}
			catch (IOException ex) {
				throw new AssertionError(ex);
			}
		});
	}

}
