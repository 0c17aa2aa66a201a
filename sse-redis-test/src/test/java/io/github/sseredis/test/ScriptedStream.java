package io.github.sseredis.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server that says what a test tells it to, and nothing by itself. */
final class ScriptedStream implements AutoCloseable {

	static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";

	private final ServerSocket server;

	private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();

	private final List<Peer> all = new CopyOnWriteArrayList<>();

	ScriptedStream() {
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread thread = new Thread(this::accept, "scripted-stream");
		thread.setDaemon(true);
		thread.start();
	}

	String uri() {
		return "http://localhost:" + this.server.getLocalPort() + "/stream?user=1";
	}

	SseClient client() {
		return SseClient.to(uri()).deadline(Duration.ofSeconds(20)).open();
	}

	/** Waits for the next client and its request. */
	Peer next() {
		try {
			Peer peer = this.peers.poll(20, TimeUnit.SECONDS);
			if (peer == null) {
				throw new AssertionError("Nobody connected");
			}
			return peer;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Peer peer : this.all) {
				peer.socket().close();
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
				BufferedReader reader = new BufferedReader(
						new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
				List<String> request = new ArrayList<>();
				// Null: who does not speak HTTP has gone again.
				for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
					request.add(line);
				}
				Peer peer = new Peer(socket, request);
				this.all.add(peer);
				this.peers.add(peer);
			}
		}
		catch (IOException ex) {
			// The test is over.
		}
	}

	/** One client of the server. */
	record Peer(Socket socket, List<String> request) {

		Peer say(String text) {
			try {
				this.socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
				return this;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		Peer open() {
			return say(HEAD + "\r\n: open\n\n");
		}

		void end() {
			try {
				this.socket.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		/** Waits until the client's side has ended; returns whether by a reset. */
		boolean awaitReset() throws IOException {
			this.socket.setSoTimeout(20_000);
			try {
				return this.socket.getInputStream().read() != -1;
			}
			catch (SocketTimeoutException ex) {
				throw ex;
			}
			catch (IOException ex) {
				return true;
			}
		}

	}

}
