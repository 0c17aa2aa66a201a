package io.github.sseredis.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One response on one connection. */
final class StallingHttp1Client implements StallingClient {

	private final Socket socket;

	private final StringBuffer received = new StringBuffer();

	StallingHttp1Client(Socket socket) {
		this.socket = socket;
	}

	@Override
	public void get(String id) throws IOException {
		this.socket.getOutputStream()
			.write(("GET /" + id + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
		if (id.equals("healthy")) {
			Thread reader = new Thread(this::read, "reader");
			reader.setDaemon(true);
			reader.start();
		}
	}

	private void read() {
		try {
			InputStream in = this.socket.getInputStream();
			byte[] bytes = new byte[1024];
			for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
				this.received.append(new String(bytes, 0, count, StandardCharsets.US_ASCII));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	@Override
	public void stall(String id, Stall stall) {
		// Reads nothing but for the healthy one.
	}

	@Override
	public void resume() {
	}

	@Override
	public String received(String id) {
		return this.received.toString();
	}

	@Override
	public boolean isReset(String id) {
		return false;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
