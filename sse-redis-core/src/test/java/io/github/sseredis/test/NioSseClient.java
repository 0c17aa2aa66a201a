package io.github.sseredis.test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * One connection of {@link NioSseClients}. Its channel and parsers belong to the selector
 * thread, which publishes what others may read after each read of the socket.
 */
final class NioSseClient {

	private static final long[] NONE = {};

	private final NioSseLoop loop;

	private final int index;

	private final InetSocketAddress address;

	private final String request;

	// Of the selector thread alone.

	private final EventScanner scanner = new EventScanner(this::event);

	private final HttpResponseParser response = new HttpResponseParser(this.scanner::feed);

	private @Nullable SocketChannel channel;

	private @Nullable SelectionKey key;

	private long seenEvents;

	private long seenResets;

	private int recorded;

	// Written by the selector thread, read by others.

	private volatile long[] numbers = NONE;

	private volatile int published;

	private volatile long events;

	private volatile long resets;

	private volatile int status;

	private volatile String lastEventId = "";

	private volatile StreamEnd end = StreamEnd.NONE;

	// Written by others.

	private volatile boolean paused;

	NioSseClient(NioSseLoop loop, int index, InetSocketAddress address, String request) {
		this.loop = loop;
		this.index = index;
		this.address = address;
		this.request = request;
	}

	long events() {
		return this.events;
	}

	long resets() {
		return this.resets;
	}

	int status() {
		return this.status;
	}

	StreamEnd end() {
		return this.end;
	}

	boolean isOpen() {
		return this.status == 200 && this.end == StreamEnd.NONE;
	}

	String lastEventId() {
		return this.lastEventId;
	}

	long[] numbers() {
		int length = this.published;
		return Arrays.copyOf(this.numbers, length);
	}

	void paused(boolean paused) {
		this.paused = paused;
	}

	// What follows is called by the selector thread.

	void connect(Selector selector) {
		try {
			SocketChannel opened = SocketChannel.open();
			this.channel = opened;
			opened.configureBlocking(false);
			opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
			if (this.loop.receiveBuffer() > 0) {
				opened.setOption(StandardSocketOptions.SO_RCVBUF, this.loop.receiveBuffer());
			}
			boolean connected = opened.connect(this.address);
			this.key = opened.register(selector, SelectionKey.OP_CONNECT, this);
			if (connected) {
				send(opened);
			}
		}
		catch (IOException ex) {
			end(StreamEnd.RESET);
		}
	}

	void ready(ByteBuffer buffer) {
		SocketChannel current = this.channel;
		if (current == null || this.key == null) {
			return;
		}
		try {
			if (this.key.isConnectable() && current.finishConnect()) {
				send(current);
			}
			else if (this.key.isReadable() && !this.paused) {
				read(current, buffer);
			}
		}
		catch (IOException ex) {
			end(StreamEnd.RESET);
		}
		catch (RuntimeException ex) {
			end(StreamEnd.MALFORMED);
		}
	}

	/**
	 * Watches the socket or does not, as {@link #paused} says.
	 */
	void updateInterest() {
		if (this.key != null && this.key.isValid() && this.key.interestOps() != SelectionKey.OP_CONNECT) {
			this.key.interestOps(this.paused ? 0 : SelectionKey.OP_READ);
		}
	}

	void close(boolean reset) {
		try {
			if (reset && this.channel != null && this.channel.isOpen()) {
				this.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
			}
		}
		catch (IOException ex) {
			// It is closed all the same.
		}
		end(StreamEnd.BY_CLIENT);
	}

	private void send(SocketChannel current) throws IOException {
		ByteBuffer bytes = ByteBuffer.wrap(this.request.getBytes(StandardCharsets.UTF_8));
		current.write(bytes);
		if (bytes.hasRemaining()) {
			throw new IOException("The request does not fit into the socket's buffer");
		}
		if (this.key != null) {
			this.key.interestOps(this.paused ? 0 : SelectionKey.OP_READ);
		}
	}

	private void read(SocketChannel current, ByteBuffer buffer) throws IOException {
		buffer.clear();
		int length = current.read(buffer);
		if (length < 0) {
			end(this.response.endsWithConnection() ? StreamEnd.COMPLETE : StreamEnd.CUT);
			return;
		}
		long before = this.seenEvents;
		this.response.feed(buffer.array(), 0, length);
		publish();
		this.loop.received(length, (int) (this.seenEvents - before));
		if (this.response.isComplete()) {
			end(StreamEnd.COMPLETE);
		}
	}

	private void event(long number, boolean reset) {
		if (reset) {
			this.seenResets++;
			return;
		}
		this.seenEvents++;
		if (this.loop.recordsNumbers()) {
			if (this.recorded == this.numbers.length) {
				this.numbers = Arrays.copyOf(this.numbers, Math.max(16, this.recorded * 2));
			}
			this.numbers[this.recorded++] = number;
		}
		this.loop.event(this.index, number);
	}

	private void publish() {
		if (this.status == 0 && this.response.hasHeaders()) {
			this.status = this.response.status();
			this.loop.answered();
		}
		this.lastEventId = this.scanner.lastEventId();
		this.published = this.recorded;
		this.resets = this.seenResets;
		this.events = this.seenEvents;
	}

	private void end(StreamEnd how) {
		if (this.end == StreamEnd.NONE) {
			if (this.status == 0) {
				this.loop.answered();
			}
			this.end = how;
		}
		try {
			if (this.channel != null) {
				this.channel.close();
			}
		}
		catch (IOException ex) {
			// Nothing is left to save.
		}
	}

}
