package io.github.sseredis.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A connection to Redis that speaks RESP2 and nothing more, so that a test does not see
 * Redis through the driver that it tests. Not safe for several threads.
 */
public final class Resp implements AutoCloseable {

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);

	private final Socket socket;

	private final InputStream in;

	private Resp(Socket socket) throws IOException {
		this.socket = socket;
		this.in = new BufferedInputStream(socket.getInputStream());
	}

	public static Resp connect(String host, int port) {
		return connect(host, port, DEFAULT_TIMEOUT);
	}

	/**
	 * Opens a connection.
	 * @param host the host
	 * @param port the port
	 * @param timeout how long to wait for the connection and for each answer
	 * @return the connection
	 */
	public static Resp connect(String host, int port, Duration timeout) {
		Socket socket = new Socket();
		try {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout((int) timeout.toMillis());
			socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
			return new Resp(socket);
		}
		catch (IOException ex) {
			closeQuietly(socket);
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends a command and waits for its answer.
	 * @param words the command and its arguments
	 * @return a string, a {@link Long}, a {@link List} of such, or null
	 * @throws RespException if the answer is an error
	 */
	public @Nullable Object command(String... words) {
		send(words);
		return read();
	}

	/**
	 * Sends a command without waiting, for example one whose answer must not come.
	 * @param words the command and its arguments
	 */
	public void send(String... words) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(bytes("*" + words.length + "\r\n"));
		for (String word : words) {
			byte[] content = bytes(word);
			out.writeBytes(bytes("$" + content.length + "\r\n"));
			out.writeBytes(content);
			out.writeBytes(bytes("\r\n"));
		}
		try {
			this.socket.getOutputStream().write(out.toByteArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads the next answer or pushed message.
	 * @return a string, a {@link Long}, a {@link List} of such, or null
	 * @throws RespException if the answer is an error
	 */
	public @Nullable Object read() {
		try {
			Object answer = readAnswer();
			if (answer instanceof RespException error) {
				throw error;
			}
			return answer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public void timeout(Duration timeout) {
		try {
			this.socket.setSoTimeout((int) timeout.toMillis());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		closeQuietly(this.socket);
	}

	private @Nullable Object readAnswer() throws IOException {
		String line = readLine();
		String rest = line.substring(1);
		return switch (line.charAt(0)) {
			case '+' -> rest;
			case '-' -> new RespException(rest);
			case ':' -> Long.parseLong(rest);
			case '$' -> readBulk(Integer.parseInt(rest));
			case '*' -> readArray(Integer.parseInt(rest));
			default -> throw new IOException("Not RESP2: " + line);
		};
	}

	private @Nullable String readBulk(int length) throws IOException {
		if (length < 0) {
			return null;
		}
		byte[] content = this.in.readNBytes(length);
		if (content.length < length || this.in.readNBytes(2).length < 2) {
			throw new EOFException("Redis closed the connection");
		}
		return new String(content, StandardCharsets.UTF_8);
	}

	private @Nullable List<@Nullable Object> readArray(int length) throws IOException {
		if (length < 0) {
			return null;
		}
		List<@Nullable Object> elements = new ArrayList<>(length);
		for (int i = 0; i < length; i++) {
			elements.add(readAnswer());
		}
		return elements;
	}

	private String readLine() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int b;
		while ((b = this.in.read()) != '\r') {
			if (b < 0) {
				throw new EOFException("Redis closed the connection");
			}
			line.write(b);
		}
		if (this.in.read() != '\n') {
			throw new IOException("Not RESP2: CR without LF");
		}
		return line.toString(StandardCharsets.UTF_8);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// Nothing is left to save.
		}
	}

}
