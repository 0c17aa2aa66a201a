package io.github.sseredis.checker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.sseredis.redis.RedisBroadcaster;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisScriptingCommands;
import org.springframework.data.redis.connection.SubscriptionListener;

/**
 * Stands between an instance and its driver: sees messages and script calls, and may
 * lose, repeat or alter them. Does nothing by itself.
 */
class Interference {

	private static final Map<String, String> NAMES = new HashMap<>();

	static {
		for (String name : List.of("publish", "check", "recent", "history")) {
			byte[] text = (resource("prelude.lua") + resource(name + ".lua")).getBytes(StandardCharsets.UTF_8);
			NAMES.put(sha1(text), name);
		}
	}

	private volatile @Nullable MessageListener listener;

	/** Whether a message reaches the instance. */
	boolean passes(byte[] message) {
		return true;
	}

	/**
	 * Runs a script, or does not.
	 * @param name the name of the script
	 * @param keys how many of the arguments are keys
	 * @param arguments keys and arguments, which may be changed
	 * @param call runs it
	 * @return its answer
	 */
	@Nullable Object script(String name, int keys, byte[][] arguments, Supplier<@Nullable Object> call) {
		return call.get();
	}

	/** Gives the instance a message that Redis has not sent. */
	final void receive(byte[] channel, byte[] message) {
		MessageListener current = this.listener;
		if (current != null) {
			current.onMessage(new ForgedMessage(channel, message), null);
		}
	}

	final RedisConnectionFactory between(RedisConnectionFactory factory) {
		return proxy(RedisConnectionFactory.class, factory, (method, arguments) -> {
			Object result = invoke(factory, method, arguments);
			return (result instanceof RedisConnection connection) ? connection(connection) : result;
		});
	}

	private RedisConnection connection(RedisConnection connection) {
		return proxy(RedisConnection.class, connection, (method, arguments) -> {
			if (method.getName().equals("subscribe")) {
				this.listener = (MessageListener) arguments[0];
				arguments[0] = new Listener((MessageListener) arguments[0]);
			}
			Object result = invoke(connection, method, arguments);
			return (method.getName().equals("scriptingCommands")) ? scripts((RedisScriptingCommands) result) : result;
		});
	}

	private RedisScriptingCommands scripts(RedisScriptingCommands scripts) {
		return proxy(RedisScriptingCommands.class, scripts, (method, arguments) -> {
			if (!method.getName().startsWith("eval")) {
				return invoke(scripts, method, arguments);
			}
			String digest = (arguments[0] instanceof byte[] text) ? sha1(text) : (String) arguments[0];
			return script(NAMES.getOrDefault(digest, digest), (int) arguments[2], (byte[][]) arguments[3],
					() -> invoke(scripts, method, arguments));
		});
	}

	private static @Nullable Object invoke(Object target, Method method, Object[] arguments) {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw new IllegalStateException(ex);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static <T> T proxy(Class<T> type, T target, Handler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> handler.call(method, (arguments != null) ? arguments : new Object[0])));
	}

	private static String resource(String name) {
		try (InputStream in = RedisBroadcaster.class.getResourceAsStream(name)) {
			if (in == null) {
				throw new IllegalStateException("No script " + name);
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String sha1(byte[] text) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@FunctionalInterface
	private interface Handler {

		@Nullable Object call(Method method, Object[] arguments);

	}

	private record ForgedMessage(byte[] channel, byte[] body) implements Message {

		@Override
		public byte[] getBody() {
			return this.body;
		}

		@Override
		public byte[] getChannel() {
			return this.channel;
		}

	}

	private final class Listener implements MessageListener, SubscriptionListener {

		private final MessageListener target;

		Listener(MessageListener target) {
			this.target = target;
		}

		@Override
		public void onMessage(Message message, byte @Nullable [] pattern) {
			if (passes(message.getBody())) {
				this.target.onMessage(message, pattern);
			}
		}

		@Override
		public void onChannelSubscribed(byte[] channel, long count) {
			if (this.target instanceof SubscriptionListener subscription) {
				subscription.onChannelSubscribed(channel, count);
			}
		}

		@Override
		public void onChannelUnsubscribed(byte[] channel, long count) {
			if (this.target instanceof SubscriptionListener subscription) {
				subscription.onChannelUnsubscribed(channel, count);
			}
		}

	}

}
