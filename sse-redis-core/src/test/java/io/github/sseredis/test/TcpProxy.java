package io.github.sseredis.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * A wire between a client and a server that a test can damage: swallow what passes, delay
 * it, cut it, all at once or after some bytes. Every fault is counted, so that a test can
 * assert that it happened.
 */
public final class TcpProxy implements AutoCloseable {

	/** Which way bytes go. */
	public enum Direction {

		/** From the client to the server. */
		TO_SERVER,

		/** From the server to the client. */
		TO_CLIENT

	}

	private volatile InetSocketAddress server;

	private final ServerSocket listener;

	private final Set<Link> links = ConcurrentHashMap.newKeySet();

	/** Guards the faults; whoever changes them notifies. */
	private final Object monitor = new Object();

	private boolean refusing;

	private boolean held;

	private Duration delay = Duration.ZERO;

	private final AtomicLong accepted = new AtomicLong();

	private final AtomicLong swallowed = new AtomicLong();

	private final AtomicLong cuts = new AtomicLong();

	private final AtomicLong[] cutAfter = { new AtomicLong(-1), new AtomicLong(-1) };

	/** What must not be answered; null if nothing. */
	private final AtomicReference<@Nullable String> unanswered = new AtomicReference<>();

	private TcpProxy(InetSocketAddress server, ServerSocket listener) {
		this.server = server;
		this.listener = listener;
	}

	/** Starts a wire to a server. */
	public static TcpProxy to(String host, int port) {
		try {
			ServerSocket listener = new ServerSocket();
			listener.setReuseAddress(true);
			listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()));
			TcpProxy proxy = new TcpProxy(new InetSocketAddress(host, port), listener);
			start("accept", proxy::accept);
			return proxy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static TcpProxy to(RedisServer server) {
		return to(server.host(), server.port());
	}

	public String host() {
		return "127.0.0.1";
	}

	public int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Lets the connections that there are swallow what is sent over them, for ever: half
	 * open, as when a machine is gone. New ones work.
	 */
	public void blackHole() {
		this.links.forEach((link) -> link.dead = true);
	}

	/** Does so to the connections that are subscribed to a channel of Redis. */
	public void blackHoleSubscriptions() {
		this.links.stream().filter((link) -> link.subscribed).forEach((link) -> link.dead = true);
	}

	/** Connects to another server from now on. */
	public void redirect(RedisServer server) {
		redirect(server.host(), server.port());
	}

	/** Connects to another server from now on. */
	public void redirect(String host, int port) {
		this.server = new InetSocketAddress(host, port);
	}

	/** Closes all connections. New ones work. */
	public void cut() {
		this.links.forEach(Link::cut);
	}

	/** Closes all connections and takes no new ones. */
	public void refuse() {
		synchronized (this.monitor) {
			this.refusing = true;
		}
		cut();
	}

	/**
	 * Lets nothing pass, on old and new connections, as a firewall that drops packets.
	 */
	public void hold() {
		synchronized (this.monitor) {
			this.held = true;
		}
	}

	/** Holds every piece back for a time, in both directions. */
	public void delay(Duration delay) {
		synchronized (this.monitor) {
			this.delay = delay;
			this.monitor.notifyAll();
		}
	}

	/** Takes connections again, and lets pass at once, also what was held back. */
	public void release() {
		synchronized (this.monitor) {
			this.refusing = false;
			this.held = false;
			this.delay = Duration.ZERO;
			this.unanswered.set(null);
			this.monitor.notifyAll();
		}
	}

	/**
	 * Waits for a piece with a text to go to the server, once, and when the server
	 * answers on that connection, closes all instead, and takes no new ones.
	 */
	public void refuseInsteadOfAnswering(String text) {
		this.unanswered.set(text);
	}

	/**
	 * Closes the next connection over which so many more bytes have passed in a
	 * direction, once, before the byte after them passes; 0 = before the next one.
	 */
	public void cutAfter(Direction direction, long bytes) {
		this.cutAfter[direction.ordinal()].set(bytes);
	}

	/** The number of connections taken so far. */
	public long accepted() {
		return this.accepted.get();
	}

	/** The number of bytes that have vanished in a black hole. */
	public long swallowed() {
		return this.swallowed.get();
	}

	/** The number of connections that were cut. */
	public long cuts() {
		return this.cuts.get();
	}

	/** The number of connections that are open. */
	public int open() {
		return this.links.size();
	}

	@Override
	public void close() {
		closeQuietly(this.listener);
		this.links.forEach(Link::cut);
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				connect(this.listener.accept());
			}
			catch (IOException ex) {
				// Closed, or a client that has gone again.
			}
		}
	}

	private void connect(Socket client) throws IOException {
		synchronized (this.monitor) {
			if (this.refusing) {
				client.close();
				return;
			}
		}
		Socket upstream = new Socket();
		try {
			upstream.connect(this.server, 5000);
		}
		catch (IOException ex) {
			client.close();
			return;
		}
		this.accepted.incrementAndGet();
		Link link = new Link(client, upstream);
		this.links.add(link);
		synchronized (this.monitor) {
			if (this.refusing) {
				// Since the connection to the server was begun.
				link.cut();
			}
		}
		start("to-server", () -> link.copy(Direction.TO_SERVER));
		start("to-client", () -> link.copy(Direction.TO_CLIENT));
	}

	private void holdBack() throws InterruptedException {
		synchronized (this.monitor) {
			long since = System.nanoTime();
			while (this.held || System.nanoTime() - since < this.delay.toNanos()) {
				long left = this.delay.toNanos() - (System.nanoTime() - since);
				this.monitor.wait(this.held ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
			}
		}
	}

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(task, "tcp-proxy-" + name);
		thread.setDaemon(true);
		thread.start();
	}

	private static void closeQuietly(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			// Nothing is left to save.
		}
	}

	private final class Link {

		private final Socket client;

		private final Socket upstream;

		private volatile boolean dead;

		private volatile boolean subscribed;

		/** Whether the next answer is not to arrive. */
		private volatile boolean unanswerable;

		Link(Socket client, Socket upstream) throws IOException {
			this.client = client;
			this.upstream = upstream;
			client.setTcpNoDelay(true);
			upstream.setTcpNoDelay(true);
		}

		void copy(Direction direction) {
			Socket source = direction == Direction.TO_SERVER ? this.client : this.upstream;
			Socket target = direction == Direction.TO_SERVER ? this.upstream : this.client;
			byte[] buffer = new byte[16 * 1024];
			try {
				InputStream in = source.getInputStream();
				OutputStream out = target.getOutputStream();
				int read;
				while ((read = in.read(buffer)) >= 0) {
					holdBack();
					if (this.dead) {
						TcpProxy.this.swallowed.addAndGet(read);
					}
					else if (!pass(direction, out, buffer, read)) {
						break;
					}
				}
			}
			catch (IOException ex) {
				// Either side has gone.
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			finally {
				// Of a connection that is half open neither side learns that the other
				// went.
				if (!this.dead) {
					close();
				}
			}
		}

		private boolean pass(Direction direction, OutputStream out, byte[] buffer, int length) throws IOException {
			if (direction == Direction.TO_SERVER) {
				look(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
			}
			else if (this.unanswerable) {
				refuse();
				return false;
			}
			AtomicLong budget = TcpProxy.this.cutAfter[direction.ordinal()];
			long left = budget.get();
			if (left >= 0 && length > left && budget.compareAndSet(left, -1)) {
				out.write(buffer, 0, (int) left);
				cut();
				return false;
			}
			if (left >= 0) {
				budget.compareAndSet(left, left - length);
			}
			out.write(buffer, 0, length);
			return true;
		}

		private void look(String piece) {
			this.subscribed |= piece.contains("SUBSCRIBE\r\n");
			String text = TcpProxy.this.unanswered.get();
			this.unanswerable |= text != null && piece.contains(text)
					&& TcpProxy.this.unanswered.compareAndSet(text, null);
		}

		void cut() {
			TcpProxy.this.cuts.incrementAndGet();
			close();
		}

		private void close() {
			TcpProxy.this.links.remove(this);
			closeQuietly(this.client);
			closeQuietly(this.upstream);
		}

	}

}
