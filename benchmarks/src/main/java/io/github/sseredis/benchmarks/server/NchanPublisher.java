package io.github.sseredis.benchmarks.server;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Publishes to nchan by pipelined requests on one connection, the fastest way it has. */
final class NchanPublisher {

	private final Queue<CompletableFuture<String>> unanswered = new ConcurrentLinkedQueue<>();

	private final OutputStream requests;

	private NchanPublisher(OutputStream requests) {
		this.requests = requests;
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		int port = Integer.parseInt(args[0]);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setTcpNoDelay(true);
			NchanPublisher publisher = new NchanPublisher(new BufferedOutputStream(socket.getOutputStream()));
			InputStream answers = new BufferedInputStream(socket.getInputStream());
			Thread reader = new Thread(() -> publisher.readAnswers(answers), "answers");
			reader.setDaemon(true);
			reader.start();
			ControlLine.serve(port, publisher::publish);
		}
	}

	private CompletableFuture<String> publish(String topic, String data) {
		CompletableFuture<String> future = new CompletableFuture<>();
		this.unanswered.add(future);
		try {
			this.requests.write(("POST /publish?topic=" + topic + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
					+ data.length() + "\r\n\r\n" + data)
				.getBytes(StandardCharsets.US_ASCII));
			this.requests.flush();
		}
		catch (IOException ex) {
			future.completeExceptionally(ex);
		}
		return future;
	}

	private void readAnswers(InputStream answers) {
		try {
			for (String head = readHead(answers); !head.isEmpty(); head = readHead(answers)) {
				int at = head.indexOf("Content-Length: ") + "Content-Length: ".length();
				answers.skipNBytes(Long.parseLong(head.substring(at, head.indexOf('\r', at))));
				CompletableFuture<String> future = this.unanswered.remove();
				if (head.startsWith("HTTP/1.1 20")) {
					future.complete("");
				}
				else {
					future.completeExceptionally(new IOException(head));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String readHead(InputStream answers) throws IOException {
		StringBuilder head = new StringBuilder();
		for (int b = answers.read(); b >= 0; b = answers.read()) {
			head.append((char) b);
			if (b == '\n' && head.length() > 3 && head.charAt(head.length() - 3) == '\n') {
				return head.toString();
			}
		}
		return "";
	}

}
