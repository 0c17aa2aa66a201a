package io.github.sseredis.test;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How a private Redis is to be started. Every method returns this object.
 */
public final class RedisOptions {

	private final List<String> arguments = new ArrayList<>();

	private final List<String> aclLines = new ArrayList<>();

	private @Nullable RedisVersion version;

	private @Nullable String password;

	private boolean debugCommand;

	private int port;

	private RedisOptions() {
	}

	public static RedisOptions create() {
		return new RedisOptions();
	}

	/**
	 * Asks for a line of Redis; the test is aborted where there is none of it.
	 * @param version for example {@link RedisVersion#V6_2}
	 * @return this
	 */
	public RedisOptions version(RedisVersion version) {
		this.version = version;
		return this;
	}

	public RedisOptions port(int port) {
		this.port = port;
		return this;
	}

	/**
	 * Protects the server; {@link RedisServer#resp()} uses the password by itself.
	 * @param password the password of the default user
	 * @return this
	 */
	public RedisOptions password(String password) {
		this.password = password;
		return this;
	}

	/**
	 * Makes the server a replica.
	 * @param master the server to follow
	 * @return this
	 */
	public RedisOptions replicaOf(RedisServer master) {
		String masterPassword = master.password();
		if (masterPassword != null) {
			arguments("--masterauth", masterPassword);
		}
		return arguments("--replicaof", master.host(), Integer.toString(master.port()));
	}

	/**
	 * Allows {@code DEBUG}: since 7.0 that is a setting, which older servers do not know.
	 * @return this
	 */
	public RedisOptions debugCommand() {
		this.debugCommand = true;
		return this;
	}

	/**
	 * Adds lines to the ACL file. Up to 6.2 a new user may use every channel and cannot
	 * be given one before {@code resetchannels}.
	 * @param lines for example
	 * {@code user app on >secret ~sse:* resetchannels &sse:* +@all}
	 * @return this
	 */
	public RedisOptions acl(String... lines) {
		this.aclLines.addAll(List.of(lines));
		return this;
	}

	/**
	 * Adds arguments to the command line; they win over the default ones.
	 * @param arguments for example {@code "--maxmemory", "10mb"}
	 * @return this
	 */
	public RedisOptions arguments(String... arguments) {
		this.arguments.addAll(List.of(arguments));
		return this;
	}

	@Nullable RedisVersion version() {
		return this.version;
	}

	int port() {
		return this.port;
	}

	@Nullable String password() {
		return this.password;
	}

	List<String> aclLines() {
		return List.copyOf(this.aclLines);
	}

	/**
	 * The whole command line.
	 * @param binary the program
	 * @param port where to listen
	 * @param directory the working directory
	 * @return the command
	 */
	List<String> command(RedisBinary binary, int port, String directory) {
		List<String> command = new ArrayList<>(List.of(binary.path().toString(), "--port", Integer.toString(port),
				"--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no", "--dir", directory));
		if (this.password != null) {
			command.addAll(List.of("--requirepass", this.password));
		}
		if (this.debugCommand && binary.version().isAtLeast(RedisVersion.V7_0)) {
			command.addAll(List.of("--enable-debug-command", "local"));
		}
		if (!this.aclLines.isEmpty()) {
			command.addAll(List.of("--aclfile", directory + "/users.acl"));
		}
		command.addAll(this.arguments);
		return command;
	}

}
