package io.github.sseredis.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP server for the tests of the clients: one thread for each connection, which
 * writes what the test tells it, byte for byte.
 */
final class ScriptedServer implements AutoCloseable {

	static final String CHUNKED = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
			+ "Transfer-Encoding: chunked\r\n\r\n";

	private final ServerSocket server;

	private final Script script;

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	ScriptedServer(Script script) {
		this.script = script;
		try {
			this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		daemon(this::accept);
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.getLocalPort() + "/stream");
	}

	/**
	 * The heads of the requests so far.
	 * @return the requests, in order
	 */
	List<String> requests() {
		return this.requests;
	}

	static String chunk(String text) {
		return Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n";
	}

	/**
	 * Makes a script wait for its test.
	 * @param latch what the test counts down
	 */
	static void hold(CountDownLatch latch) throws IOException {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.server.accept();
				this.sockets.add(socket);
				daemon(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// The test has closed the server.
		}
	}

	private void serve(Socket socket) {
		try (socket; Exchange exchange = new Exchange(socket)) {
			int index;
			synchronized (this.requests) {
				index = this.requests.size();
				this.requests.add(exchange.readHead());
			}
			this.script.play(index, exchange);
		}
		catch (IOException ex) {
			// The client has gone, or the test is over.
		}
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "scripted-server");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * What to do with a connection. The socket is closed when it returns.
	 */
	@FunctionalInterface
	interface Script {

		void play(int index, Exchange exchange) throws IOException;

	}

	/**
	 * One connection, seen from the server.
	 */
	static final class Exchange implements AutoCloseable {

		private final Socket socket;

		private final InputStream in;

		private final OutputStream out;

		private Exchange(Socket socket) throws IOException {
			this.socket = socket;
			this.in = socket.getInputStream();
			this.out = socket.getOutputStream();
		}

		void write(String text) throws IOException {
			write(text.getBytes(StandardCharsets.UTF_8));
		}

		void write(byte[] bytes) throws IOException {
			this.out.write(bytes);
		}

		void event(String text) throws IOException {
			write(chunk(text));
		}

		/**
		 * Waits until the client has gone.
		 */
		void awaitClient() throws IOException {
			while (this.in.read() >= 0) {
				// A client sends nothing after its request.
			}
		}

		void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

		@Override
		public void close() {
		}

		private String readHead() throws IOException {
			StringBuilder head = new StringBuilder();
			while (head.indexOf("\r\n\r\n") < 0) {
				int b = this.in.read();
				if (b < 0) {
					throw new IOException("No request");
				}
				head.append((char) b);
			}
			return head.toString();
		}

	}

}
