package io.github.sseredis.benchmarks.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Connections that subscribe to one channel of a Redis and throw away what they receive,
 * as many as there would be instances.
 */
public final class RedisSubscribers implements AutoCloseable {

	private static final byte[] SUBSCRIBE = "SUBSCRIBE c\r\n".getBytes(StandardCharsets.US_ASCII);

	private final Selector selector;

	private final RedisProcess redis;

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);

	private long received;

	private RedisSubscribers(Selector selector, RedisProcess redis) {
		this.selector = selector;
		this.redis = redis;
	}

	public static RedisSubscribers open(RedisProcess redis, int count) {
		try {
			RedisSubscribers subscribers = new RedisSubscribers(Selector.open(), redis);
			for (int i = 0; i < count; i++) {
				SocketChannel channel = SocketChannel.open(ChildProcess.loopback(redis.port()));
				channel.write(ByteBuffer.wrap(SUBSCRIBE));
				channel.configureBlocking(false);
				channel.register(subscribers.selector, SelectionKey.OP_READ);
			}
			return subscribers;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Publishes messages one after the other and reads them everywhere. */
	public void publish(int messages, int size) {
		String request = "*3\r\n$7\r\nPUBLISH\r\n$1\r\nc\r\n$" + size + "\r\n" + "x".repeat(size) + "\r\n";
		byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
		long expected = this.received + (long) messages * size * this.selector.keys().size();
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.redis.port())) {
			byte[] answer = new byte[64];
			for (int i = 0; i < messages; i++) {
				socket.getOutputStream().write(bytes);
				if (socket.getInputStream().read(answer) < 0 || answer[0] != ':') {
					throw new IOException("Redis refused to publish");
				}
				this.selector.selectNow(this::read);
			}
			while (this.received < expected) {
				this.selector.select(this::read, 100);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read(SelectionKey key) {
		try {
			this.buffer.clear();
			this.received += Math.max(0, ((SocketChannel) key.channel()).read(this.buffer));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			for (SelectionKey key : this.selector.keys()) {
				key.channel().close();
			}
			this.selector.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
