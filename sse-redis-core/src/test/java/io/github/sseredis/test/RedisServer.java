package io.github.sseredis.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A Redis for tests: the {@link #shared() shared} one of this JVM, or a
 * {@link #start(RedisOptions) private} one, which only its test uses and may therefore
 * stop, pause and start again.
 */
public final class RedisServer implements AutoCloseable {

	private static final int START_ATTEMPTS = 5;

	private final String host;

	private final int port;

	private final @Nullable String password;

	private final @Nullable RedisProcess process;

	private RedisServer(String host, int port, @Nullable String password, @Nullable RedisProcess process) {
		this.host = host;
		this.port = port;
		this.password = password;
		this.process = process;
	}

	/**
	 * The Redis that all tests of this JVM share, started when first asked for. Tests
	 * keep apart by {@link RedisExtension#prefix() channel prefixes} and never stop it.
	 * @return the shared server
	 */
	public static RedisServer shared() {
		return SharedRedis.get();
	}

	/**
	 * Starts a private server with defaults.
	 * @return the server
	 */
	public static RedisServer start() {
		return start(RedisOptions.create());
	}

	/**
	 * Starts a private server on this machine, whatever the shared one is.
	 * @param options how to start it
	 * @return the server, which the test closes
	 */
	public static RedisServer start(RedisOptions options) {
		RedisBinary binary = RedisBinary.of(options.version())
			.orElseThrow(() -> new TestAbortedException("No redis-server " + options.version() + " on this machine"));
		return start(binary, options);
	}

	static RedisServer start(RedisBinary binary, RedisOptions options) {
		for (int attempt = 1;; attempt++) {
			int port = (options.port() > 0) ? options.port() : Ports.free();
			Path directory = TempDirectories.create("sse-redis-server");
			writeAcl(directory, options);
			RedisServer server = new RedisServer("127.0.0.1", port, options.password(),
					new RedisProcess(options.command(binary, port, directory.toString()), directory));
			try {
				server.startAgain();
				return server;
			}
			catch (IllegalStateException ex) {
				server.close();
				// Somebody took the free port in between.
				boolean taken = String.valueOf(ex.getMessage()).contains("Address already in use");
				if (!taken || options.port() > 0 || attempt == START_ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	/**
	 * A Redis that somebody else runs.
	 * @param host the host
	 * @param port the port
	 * @return the server
	 */
	static RedisServer at(String host, int port) {
		RedisServer server = new RedisServer(host, port, null, null);
		if (!server.answers()) {
			throw new IllegalStateException("No Redis answers at " + server.address());
		}
		return server;
	}

	public String host() {
		return this.host;
	}

	public int port() {
		return this.port;
	}

	public @Nullable String password() {
		return this.password;
	}

	public String address() {
		return this.host + ":" + this.port;
	}

	/**
	 * Opens a connection of the test's own, authenticated if a password is needed.
	 * @return the connection, which the test closes
	 */
	public Resp resp() {
		return resp(Duration.ofSeconds(20));
	}

	/**
	 * Runs one command on a connection of its own.
	 * @param words the command and its arguments
	 * @return the answer
	 */
	public @Nullable Object command(String... words) {
		try (Resp resp = resp()) {
			return resp.command(words);
		}
	}

	public RedisVersion version() {
		String info = String.valueOf(command("INFO", "server"));
		return RedisVersion.parse(info.substring(info.indexOf("redis_version:")));
	}

	/**
	 * Ends the server in an orderly way. What {@link #save()} wrote remains.
	 */
	public void stop() {
		process().terminate();
	}

	/**
	 * Ends the server as a crash would. What {@link #save()} wrote remains.
	 */
	public void kill() {
		process().kill();
	}

	/**
	 * Starts the stopped server on the same port, with the data that was last saved.
	 */
	public void startAgain() {
		process().start(this::answersAsOwnProcess);
	}

	/**
	 * Writes the data to disk now; whatever comes later is lost by a stop.
	 */
	public void save() {
		command("SAVE");
	}

	/**
	 * Stops the server and starts it on the same port with its data.
	 */
	public void restart() {
		save();
		stop();
		startAgain();
	}

	/**
	 * Stops the server and starts it on the same port without data.
	 */
	public void restartEmpty() {
		stop();
		forget();
		startAgain();
	}

	/**
	 * Deletes what a stopped server would load at its next start.
	 */
	public void forget() {
		try {
			Files.deleteIfExists(process().directory().resolve("dump.rdb"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Freezes the server: its connections stay open and nothing answers.
	 */
	public void pause() {
		process().pause();
	}

	public void resume() {
		process().resume();
	}

	public boolean isRunning() {
		return (this.process != null) ? this.process.isAlive() : answers();
	}

	public long pid() {
		return process().pid();
	}

	/**
	 * What a private server has logged, over all its starts.
	 * @return the log
	 */
	public String log() {
		return process().logText();
	}

	/**
	 * Ends a private server and deletes its files; leaves a foreign one alone.
	 */
	@Override
	public void close() {
		if (this.process != null) {
			this.process.kill();
			TempDirectories.delete(this.process.directory());
		}
	}

	private boolean answers() {
		try (Resp resp = resp(Duration.ofSeconds(2))) {
			resp.command("PING");
			return true;
		}
		catch (RespException ex) {
			// An ACL may forbid PING to the default user; only loading means not yet.
			return !"LOADING".equals(ex.code());
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	private boolean answersAsOwnProcess() {
		if (!answers()) {
			return false;
		}
		try {
			// Somebody else may have taken the port just before.
			String info = String.valueOf(command("INFO", "server"));
			return info.contains("process_id:" + pid() + "\r");
		}
		catch (RespException ex) {
			return true;
		}
	}

	private Resp resp(Duration timeout) {
		Resp resp = Resp.connect(this.host, this.port, timeout);
		if (this.password != null) {
			try {
				resp.command("AUTH", this.password);
			}
			catch (RuntimeException ex) {
				resp.close();
				throw ex;
			}
		}
		return resp;
	}

	private RedisProcess process() {
		if (this.process == null) {
			throw new IllegalStateException("Not a private server: " + address());
		}
		return this.process;
	}

	private static void writeAcl(Path directory, RedisOptions options) {
		try {
			if (!options.aclLines().isEmpty()) {
				Files.write(directory.resolve("users.acl"), options.aclLines());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		return "Redis at " + address();
	}

}
