package io.github.sseredis.test;

import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/**
 * Tells within a second whether a Docker engine answers. Testcontainers itself takes many
 * seconds to find that there is none, so it is asked only after this.
 *
 * @param environment the variables of the process
 * @param home the directory of the user
 * @param defaultSocket where the engine listens if nothing else is said
 * @param timeout how long to wait for the engine
 */
record DockerProbe(Map<String, String> environment, Path home, Path defaultSocket, Duration timeout) {

	private static final byte[] PING = "GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n"
		.getBytes(StandardCharsets.US_ASCII);

	static DockerProbe ofThisMachine() {
		boolean windows = System.getProperty("os.name").startsWith("Windows");
		return new DockerProbe(System.getenv(), Path.of(System.getProperty("user.home")),
				Path.of(windows ? "\\\\.\\pipe\\docker_engine" : "/var/run/docker.sock"), Duration.ofSeconds(1));
	}

	boolean answers() {
		String host = this.environment.getOrDefault("DOCKER_HOST", configuredHost());
		return host.isBlank() ? sockets().stream().anyMatch(this::answers) : answers(URI.create(host));
	}

	// Where Testcontainers lets its users name an engine.
	private String configuredHost() {
		Properties properties = new Properties();
		try (Reader reader = Files.newBufferedReader(this.home.resolve(".testcontainers.properties"))) {
			properties.load(reader);
		}
		catch (IOException ex) {
			// Most have no such file.
		}
		return properties.getProperty("tc.host", properties.getProperty("docker.host", ""));
	}

	private List<Path> sockets() {
		List<Path> sockets = new ArrayList<>();
		sockets.add(this.defaultSocket);
		sockets.add(this.home.resolve(".docker/run/docker.sock"));
		sockets.add(this.home.resolve(".docker/desktop/docker.sock"));
		String runtime = this.environment.get("XDG_RUNTIME_DIR");
		if (runtime != null) {
			sockets.add(Path.of(runtime, "docker.sock"));
		}
		return sockets;
	}

	private boolean answers(URI host) {
		String scheme = host.getScheme();
		if ("unix".equals(scheme) || "npipe".equals(scheme)) {
			return answers(Path.of(host.getPath()));
		}
		// Behind TLS the ping cannot be read without certificates: who listens there
		// counts.
		boolean tls = this.environment.containsKey("DOCKER_TLS_VERIFY") || "https".equals(scheme);
		int port = (host.getPort() > 0) ? host.getPort() : 2375;
		return answers(null, new InetSocketAddress(host.getHost(), port), !tls);
	}

	private boolean answers(Path socket) {
		if (socket.toString().contains("pipe")) {
			return Files.exists(socket);
		}
		return Files.exists(socket) && answers(StandardProtocolFamily.UNIX, UnixDomainSocketAddress.of(socket), true);
	}

	private boolean answers(@Nullable StandardProtocolFamily family, SocketAddress address, boolean ping) {
		try (SocketChannel channel = (family != null) ? SocketChannel.open(family) : SocketChannel.open();
				Selector selector = Selector.open()) {
			channel.configureBlocking(false);
			SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
			if (!channel.connect(address)) {
				selector.select(this.timeout.toMillis());
				if (!channel.isConnectionPending() || !channel.finishConnect()) {
					return false;
				}
			}
			return !ping || pinged(channel, selector, key);
		}
		catch (IOException | RuntimeException ex) {
			return false;
		}
	}

	private boolean pinged(SocketChannel channel, Selector selector, SelectionKey key) throws IOException {
		channel.write(ByteBuffer.wrap(PING));
		key.interestOps(SelectionKey.OP_READ);
		selector.selectedKeys().clear();
		selector.select(this.timeout.toMillis());
		ByteBuffer answer = ByteBuffer.allocate(64);
		int read = channel.read(answer);
		return read > 0
				&& new String(answer.array(), 0, read, StandardCharsets.US_ASCII).matches("(?s)HTTP/1\\.[01] 200.*");
	}

}
