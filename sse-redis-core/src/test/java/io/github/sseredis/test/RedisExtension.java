package io.github.sseredis.test;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class a Redis: as a static field with
 * {@link org.junit.jupiter.api.extension.RegisterExtension}, or by {@link WithRedis},
 * with a {@link RedisServer} as parameter. By default it is the one that all tests share;
 * {@link #own(RedisOptions)} is one for this class alone.
 * <p>
 * The shared one is, in this order: the address in the system property
 * {@code sse.test.redis}, a container if a Docker engine answers, {@code redis-server} on
 * the PATH, the binary that embedded-redis carries. The system property
 * {@code sse.test.redis-version} makes it a program of that line, and private ones too,
 * unless their tests name another.
 */
public final class RedisExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

	private final @Nullable RedisOptions own;

	private @Nullable ExtensionContext outermost;

	private @Nullable RedisServer server;

	private @Nullable String prefix;

	public RedisExtension() {
		this(null);
	}

	private RedisExtension(@Nullable RedisOptions own) {
		this.own = own;
	}

	/**
	 * An extension with the shared Redis.
	 * @return the extension
	 */
	public static RedisExtension shared() {
		return new RedisExtension();
	}

	/**
	 * An extension with a private Redis for the test class, ended after it.
	 * @param options how to start it
	 * @return the extension
	 */
	public static RedisExtension own(RedisOptions options) {
		return new RedisExtension(options);
	}

	/**
	 * A value for {@code sse.channel-prefix} that nobody else uses.
	 * @return the prefix
	 */
	public static String newPrefix() {
		return "test-" + UUID.randomUUID().toString().substring(0, 13) + ":";
	}

	/**
	 * The Redis of the test class.
	 * @return the server
	 */
	public RedisServer server() {
		if (this.server == null) {
			this.server = (this.own != null) ? RedisServer.start(this.own) : RedisServer.shared();
		}
		return this.server;
	}

	public String host() {
		return server().host();
	}

	public int port() {
		return server().port();
	}

	/**
	 * The value for {@code sse.channel-prefix} of the test class, another in each class.
	 * @return the prefix
	 */
	public String prefix() {
		if (this.prefix == null) {
			this.prefix = newPrefix();
		}
		return this.prefix;
	}

	/**
	 * Runs one command.
	 * @param words the command and its arguments
	 * @return the answer
	 */
	public @Nullable Object command(String... words) {
		return server().command(words);
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		// Nested test classes go on with the Redis and the prefix of the outermost.
		if (this.outermost == null) {
			this.outermost = context;
			server();
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		// A static field in a base class is one extension for all its subclasses.
		if (context == this.outermost) {
			if (this.own != null) {
				server().close();
			}
			this.outermost = null;
			this.server = null;
			this.prefix = null;
		}
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == RedisServer.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return server();
	}

}
