package io.github.sseredis.benchmarks.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** One stream and its check. Touched by the loop's thread only. */
final class LoadConnection implements EventSink {

	private final LoadLoop loop;

	private final Tally tally;

	private final EventParser parser = new EventParser(this);

	private final TopicOrder order;

	private StreamTarget target;

	private ResponseParser response = new ResponseParser(this.parser);

	private @Nullable SocketChannel channel;

	private @Nullable SelectionKey key;

	private boolean opening;

	private final boolean stalled;

	/** When the last read returned. */
	private long now;

	/** When it reconnected; 0 once it has caught up. */
	private long reconnectedAt;

	private LoadConnection(LoadLoop loop, Tally tally, StreamTarget target, boolean stalled) {
		this.loop = loop;
		this.tally = tally;
		this.target = target;
		this.stalled = stalled;
		this.order = new TopicOrder(target.topics());
	}

	static LoadConnection reading(LoadLoop loop, Tally tally, StreamTarget target) {
		return new LoadConnection(loop, tally, target, false);
	}

	/** One that reads its headers and nothing after, into the smallest of buffers. */
	static LoadConnection stalled(LoadLoop loop, Tally tally, StreamTarget target) {
		return new LoadConnection(loop, tally, target, true);
	}

	TopicOrder order() {
		return this.order;
	}

	boolean isOpen() {
		return this.channel != null && this.response.status() == 200;
	}

	/** Its two ports; empty if it reads, or is not connected. */
	Optional<StalledSocket> stalledSocket() {
		SocketChannel current = this.channel;
		return (this.stalled && current != null)
				? Optional.of(new StalledSocket(this.target.address().getPort(), current.socket().getLocalPort()))
				: Optional.empty();
	}

	void connect(Selector selector) {
		this.opening = true;
		this.response = new ResponseParser(this.parser);
		this.parser.restart();
		try {
			SocketChannel connecting = SocketChannel.open();
			this.channel = connecting;
			connecting.configureBlocking(false);
			if (this.stalled) {
				// Less than any system allows, which makes it the least.
				connecting.setOption(StandardSocketOptions.SO_RCVBUF, 1);
			}
			boolean connected = connecting.connect(this.target.address());
			this.key = connecting.register(selector, SelectionKey.OP_CONNECT, this);
			if (connected) {
				request(connecting, this.key);
			}
		}
		catch (IOException ex) {
			end();
		}
	}

	void ready(ByteBuffer buffer) {
		SocketChannel current = this.channel;
		SelectionKey selected = this.key;
		if (current == null || selected == null || !selected.isValid()) {
			return;
		}
		try {
			if (selected.isConnectable() && current.finishConnect()) {
				request(current, selected);
			}
			else if (selected.isReadable()) {
				read(current, buffer);
			}
		}
		catch (IOException ex) {
			end();
		}
	}

	/** Goes on at another server, with its last event ID. */
	void reconnect(InetSocketAddress address) {
		this.target = this.target.at(address);
		this.reconnectedAt = System.nanoTime();
		this.loop.open(this);
	}

	void close() {
		SocketChannel current = this.channel;
		this.channel = null;
		this.key = null;
		if (current != null) {
			try {
				current.close();
			}
			catch (IOException ex) {
				// Nothing is left to save.
			}
		}
	}

	private void request(SocketChannel connected, SelectionKey selected) throws IOException {
		String lastEventId = this.parser.lastEventId();
		String text = "GET " + this.target.path() + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
				+ (lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n") + "\r\n";
		ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
		connected.write(bytes);
		if (bytes.hasRemaining()) {
			throw new IOException("The request does not fit into the socket's buffer");
		}
		selected.interestOps(SelectionKey.OP_READ);
	}

	private void read(SocketChannel current, ByteBuffer buffer) throws IOException {
		buffer.clear();
		int length = current.read(buffer);
		this.now = System.nanoTime();
		if (length < 0) {
			end();
			return;
		}
		this.tally.bytes(length);
		this.response.parse(buffer, 0, length);
		if (this.opening && this.response.status() != 0) {
			this.opening = false;
			this.loop.answered(this.response.status() == 200);
			if (this.stalled && this.key != null) {
				this.key.interestOps(0);
			}
		}
		if (this.response.isOver()) {
			end();
		}
	}

	private void end() {
		close();
		if (this.opening) {
			this.opening = false;
			this.loop.answered(false);
		}
		this.loop.ended(this);
	}

	@Override
	public void event(int topic, long number, long due) {
		this.tally.event(this.now - due);
		if (!this.order.accept(topic, number)) {
			this.tally.malformed();
		}
		if (this.reconnectedAt != 0 && due >= this.reconnectedAt) {
			this.tally.caughtUp(this.now - this.reconnectedAt);
			this.reconnectedAt = 0;
		}
	}

	@Override
	public void reset() {
		this.tally.reset();
	}

	@Override
	public void malformed() {
		this.tally.malformed();
	}

}
