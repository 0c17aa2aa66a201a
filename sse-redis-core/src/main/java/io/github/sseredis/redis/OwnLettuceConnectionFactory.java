package io.github.sseredis.redis;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.BeansException;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.RedisCredentialsProviderFactory;

/**
 * Connections of our own to where a host's Lettuce leads, which come back sooner after an
 * outage than Lettuce would let them (it waits up to 30 s, as long as an event may wait),
 * and can be given up when they are half open without harm to the host's. Everything else
 * is as the host configured it; threads are shared.
 */
public final class OwnLettuceConnectionFactory extends LettuceConnectionFactory implements Reconnecting {

	private static final Logger logger = LoggerFactory.getLogger(OwnLettuceConnectionFactory.class);

	private static final Delay RECONNECT_DELAY = Delay.fullJitter(Duration.ofMillis(20), Duration.ofSeconds(1), 50,
			TimeUnit.MILLISECONDS);

	private final AtomicBoolean reconnecting = new AtomicBoolean();

	private OwnLettuceConnectionFactory(RedisConfiguration configuration, LettuceClientConfiguration client) {
		super(configuration, client);
	}

	/**
	 * Returns a factory of our own, started, or the host's if that is none of Lettuce's,
	 * or of a kind that cannot be copied.
	 */
	public static RedisConnectionFactory like(RedisConnectionFactory host) {
		if (!host.getClass().equals(LettuceConnectionFactory.class)) {
			return host;
		}
		LettuceConnectionFactory lettuce = (LettuceConnectionFactory) host;
		RedisConfiguration configuration = configurationOf(lettuce);
		if (configuration == null || !(lettuce.getClientResources() instanceof DefaultClientResources resources)) {
			return host;
		}
		OwnLettuceConnectionFactory own = new OwnLettuceConnectionFactory(configuration,
				new ClientConfiguration(lettuce.getClientConfiguration(), SharedResources.of(resources)));
		own.afterPropertiesSet();
		own.start();
		return own;
	}

	// The getters tell of each kind but one.
	private static @Nullable RedisConfiguration configurationOf(LettuceConnectionFactory host) {
		try {
			return new DirectFieldAccessor(host)
				.getPropertyValue("configuration") instanceof RedisConfiguration configuration ? configuration : null;
		}
		catch (BeansException ex) {
			return null;
		}
	}

	/**
	 * Begins to open the connection that is shared, and returns at once. If that fails,
	 * whoever uses the connection tries again and says so.
	 */
	public void connect() {
		inBackground("sse-connect", () -> {
			try {
				getConnection().close();
			}
			catch (RuntimeException ex) {
				logger.debug("Connecting early failed: {}", ex.getMessage());
			}
		});
	}

	// Where a connection is being opened, this has to wait for it.
	@Override
	public void reconnect() {
		if (this.reconnecting.compareAndSet(false, true)) {
			inBackground("sse-reconnect", () -> {
				try {
					resetConnection();
				}
				finally {
					this.reconnecting.set(false);
				}
			});
		}
	}

	private static void inBackground(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	/** The host's, who shuts them down, but for the delay. */
	private static final class SharedResources extends DefaultClientResources {

		private SharedResources(DefaultClientResources.Builder builder) {
			super(builder);
		}

		static SharedResources of(DefaultClientResources host) {
			DefaultClientResources.Builder builder = host.mutate();
			builder.eventLoopGroupProvider(host.eventLoopGroupProvider());
			builder.reconnectDelay(RECONNECT_DELAY);
			return new SharedResources(builder);
		}

		// The default warns that nobody has shut them down.
		@Override
		@SuppressWarnings({ "deprecation", "removal", "Finalize" })
		protected void finalize() {
		}

	}

	/** The host's, without a pool: one connection is shared, and subscriptions last. */
	private record ClientConfiguration(LettuceClientConfiguration host,
			ClientResources resources) implements LettuceClientConfiguration {

		@Override
		public boolean isUseSsl() {
			return this.host.isUseSsl();
		}

		@Override
		@SuppressWarnings("deprecation") // still part of the interface
		public boolean isVerifyPeer() {
			return this.host.isVerifyPeer();
		}

		@Override
		public SslVerifyMode getVerifyMode() {
			return this.host.getVerifyMode();
		}

		@Override
		public boolean isStartTls() {
			return this.host.isStartTls();
		}

		@Override
		public Optional<ClientResources> getClientResources() {
			return Optional.of(this.resources);
		}

		@Override
		public Optional<ClientOptions> getClientOptions() {
			return this.host.getClientOptions();
		}

		@Override
		public Optional<String> getClientName() {
			return this.host.getClientName();
		}

		@Override
		public Optional<ReadFrom> getReadFrom() {
			return this.host.getReadFrom();
		}

		@Override
		public Optional<RedisCredentialsProviderFactory> getRedisCredentialsProviderFactory() {
			return this.host.getRedisCredentialsProviderFactory();
		}

		@Override
		public Duration getCommandTimeout() {
			return this.host.getCommandTimeout();
		}

		@Override
		public Duration getShutdownTimeout() {
			return this.host.getShutdownTimeout();
		}

		@Override
		public Duration getShutdownQuietPeriod() {
			return this.host.getShutdownQuietPeriod();
		}

	}

}
