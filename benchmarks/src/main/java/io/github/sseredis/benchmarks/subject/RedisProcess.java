package io.github.sseredis.benchmarks.subject;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code redis-server} from the PATH, without persistence. */
public final class RedisProcess implements AutoCloseable {

	private final ChildProcess child;

	private final int port;

	private RedisProcess(ChildProcess child, int port) {
		this.child = child;
		this.port = port;
	}

	static RedisProcess start(Path logs) {
		int port = ChildProcess.freePort();
		ChildProcess child = ChildProcess.start(logs.resolve("redis.log"), List.of("redis-server", "--port",
				String.valueOf(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
		child.awaitPort(port);
		return new RedisProcess(child, port);
	}

	int port() {
		return this.port;
	}

	public Duration cpuTime() {
		return this.child.cpuTime();
	}

	/** The number of commands that Redis has processed. */
	public long commands() {
		return Long.parseLong(info("stats", "total_commands_processed"));
	}

	public String version() {
		return info("server", "redis_version");
	}

	private String info(String section, String field) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream().write(("INFO " + section + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
			InputStream answer = socket.getInputStream();
			String text = new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
			Matcher matcher = Pattern.compile(field + ":(\\S+)").matcher(text);
			if (!matcher.find()) {
				throw new IllegalStateException("Redis answered " + text);
			}
			return matcher.group(1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.child.close();
	}

}
