package io.github.sseredis.checker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP line to a Redis that can be cut, slowed and held: while it is held, connections
 * stay open and nothing passes, as behind a firewall that drops packets.
 */
final class Wire implements AutoCloseable {

	private final ServerSocket server;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final AtomicInteger opened = new AtomicInteger();

	private volatile int target;

	private volatile boolean held;

	private volatile boolean refusing;

	private volatile long delayNanos;

	Wire(int target) {
		this.target = target;
		try {
			this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept, "wire-accept");
	}

	int port() {
		return this.server.getLocalPort();
	}

	/** The connections that have been opened since the start. */
	int opened() {
		return this.opened.get();
	}

	/** The connections that are open. */
	int open() {
		return this.sockets.size() / 2;
	}

	void hold() {
		this.held = true;
	}

	/** Lets pass again, also what was held back. */
	void release() {
		this.held = false;
		this.refusing = false;
		this.delayNanos = 0;
	}

	/** Makes each piece that passes take so long. */
	void delay(long millis) {
		this.delayNanos = TimeUnit.MILLISECONDS.toNanos(millis);
	}

	/** Closes all connections; others may be opened at once. */
	void cut() {
		this.sockets.forEach(Wire::close);
	}

	/** Closes all connections, and those that are opened before {@link #release()}. */
	void cutAndRefuse() {
		this.refusing = true;
		cut();
	}

	/** Leads to another Redis from now on. */
	void leadTo(int port) {
		this.target = port;
		cut();
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		cut();
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				connect(this.server.accept());
			}
			catch (IOException ex) {
				// Closed, or Redis is down: the client sees its connection end.
			}
		}
	}

	private void connect(Socket near) throws IOException {
		Socket far = new Socket();
		try {
			if (this.refusing) {
				throw new IOException("refused");
			}
			near.setTcpNoDelay(true);
			far.setTcpNoDelay(true);
			far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.target), 1000);
		}
		catch (IOException ex) {
			close(near);
			close(far);
			throw ex;
		}
		this.opened.incrementAndGet();
		this.sockets.add(near);
		this.sockets.add(far);
		start(() -> pass(near, far), "wire-to-redis");
		start(() -> pass(far, near), "wire-from-redis");
	}

	private void pass(Socket from, Socket to) {
		byte[] buffer = new byte[16 * 1024];
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			int length;
			while ((length = in.read(buffer)) >= 0) {
				if (this.delayNanos > 0) {
					LockSupport.parkNanos(this.delayNanos);
				}
				while (this.held && !from.isClosed()) {
					LockSupport.parkNanos(5_000_000);
				}
				out.write(buffer, 0, length);
			}
		}
		catch (IOException ex) {
			// One of the two was closed.
		}
		finally {
			close(from);
			close(to);
			this.sockets.remove(from);
			this.sockets.remove(to);
		}
	}

	private static void start(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// Nothing is left to save.
		}
	}

}
