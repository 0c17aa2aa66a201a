package io.github.sseredis.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

/**
 * One request over a connection of its own, and its response as it comes: an HTTP client
 * hides how a connection ends, and does not break one at will. Read by one thread, ended
 * by any.
 */
final class HttpExchange {

	private static final int EXCERPT = 400;

	private static final int EXCERPT_PATIENCE_MILLIS = 1000;

	private final Socket plain;

	// The plain one, or that with TLS over it.
	private final Socket socket;

	private final BufferedInputStream in;

	// Of the reading thread.

	private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	private int status;

	private @Nullable InputStream body;

	private HttpExchange(Socket plain, Socket socket) throws IOException {
		this.plain = plain;
		this.socket = socket;
		this.in = new BufferedInputStream(socket.getInputStream());
	}

	/**
	 * Connects and sends a request.
	 * @param uri whom to ask for what
	 * @param fields the headers, each with its line end
	 * @throws IOException if nobody listens there
	 */
	static HttpExchange open(URI uri, String fields, ClientOptions options) throws IOException {
		Socket plain = new Socket();
		try {
			boolean secure = "https".equals(uri.getScheme());
			int port = (uri.getPort() >= 0) ? uri.getPort() : secure ? 443 : 80;
			plain.setTcpNoDelay(true);
			plain.connect(new InetSocketAddress(uri.getHost(), port), (int) options.deadline().toMillis());
			HttpExchange exchange = new HttpExchange(plain,
					secure ? secured(plain, uri.getHost(), port, options) : plain);
			exchange.socket.getOutputStream().write(request(uri, fields).getBytes(StandardCharsets.UTF_8));
			return exchange;
		}
		catch (IOException | RuntimeException ex) {
			close(plain);
			throw ex;
		}
	}

	private static Socket secured(Socket plain, String host, int port, ClientOptions options) throws IOException {
		SSLSocket secured = (SSLSocket) options.sslContext().getSocketFactory().createSocket(plain, host, port, true);
		SSLParameters parameters = secured.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		secured.setSSLParameters(parameters);
		// Who does not speak TLS may say nothing at all; a stream may be silent for
		// longer.
		secured.setSoTimeout((int) options.deadline().toMillis());
		secured.startHandshake();
		secured.setSoTimeout(0);
		return secured;
	}

	private static String request(URI uri, String fields) {
		String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
		String query = (uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "";
		String host = (uri.getPort() >= 0) ? uri.getHost() + ":" + uri.getPort() : uri.getHost();
		return "GET " + path + query + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n";
	}

	/** Reads the status line and the headers. */
	void readHead() throws IOException {
		String[] statusLine = readLine().split(" ", 3);
		if (statusLine.length < 2 || !statusLine[0].startsWith("HTTP/1.") || !statusLine[1].matches("\\d{3}")) {
			throw new IOException("This is no HTTP/1.1: " + String.join(" ", statusLine));
		}
		this.status = Integer.parseInt(statusLine[1]);
		String line = readLine();
		while (!line.isEmpty()) {
			int colon = Math.max(line.indexOf(':'), 0);
			this.headers.computeIfAbsent(line.substring(0, colon), (name) -> new ArrayList<>())
				.add(line.substring(Math.min(colon + 1, line.length())).trim());
			line = readLine();
		}
		this.body = openBody();
	}

	int status() {
		return this.status;
	}

	@Nullable String header(String name) {
		List<String> values = this.headers.get(name);
		return (values != null) ? String.join(", ", values) : null;
	}

	/**
	 * Reads more of the body.
	 * @return how many bytes, -1 at its end
	 * @throws IOException if the connection breaks before the body's end
	 */
	int readBody(byte[] buffer) throws IOException {
		InputStream stream = this.body;
		return (stream != null) ? stream.read(buffer) : -1;
	}

	/** Reads the beginning of the body, as much as comes soon, on one line. */
	String readExcerpt() {
		byte[] buffer = new byte[EXCERPT];
		int length = 0;
		try {
			this.socket.setSoTimeout(EXCERPT_PATIENCE_MILLIS);
			InputStream stream = this.body;
			length = (stream != null) ? stream.readNBytes(buffer, 0, EXCERPT) : 0;
		}
		catch (IOException ex) {
			// What has come before is in the buffer, up to its first zero.
			while (length < EXCERPT && buffer[length] != 0) {
				length++;
			}
		}
		String text = new String(buffer, 0, length, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
		return (length == EXCERPT) ? text + "..." : text;
	}

	/** Resets the connection, as a network does that fails. */
	void abort() {
		try {
			this.plain.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			// It is closed already.
		}
		close(this.plain);
	}

	void close() {
		close(this.socket);
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// There is nothing left to end.
		}
	}

	private InputStream openBody() {
		String encoding = header("Transfer-Encoding");
		if (encoding != null && encoding.toLowerCase(Locale.ROOT).contains("chunked")) {
			return new ChunkedBody();
		}
		String length = header("Content-Length");
		return (length != null) ? new DelimitedBody(this.in, Long.parseLong(length)) : this.in;
	}

	private String readLine() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int next = this.in.read();
		while (next != '\n') {
			if (next < 0) {
				throw new EOFException("The connection ended in the middle of a response");
			}
			line.write(next);
			next = this.in.read();
		}
		String text = line.toString(StandardCharsets.UTF_8);
		return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
	}

	/** A body in chunks, each with its length before it. */
	private final class ChunkedBody extends InputStream {

		private @Nullable DelimitedBody chunk;

		@Override
		public int read() throws IOException {
			byte[] single = new byte[1];
			return (read(single, 0, 1) < 0) ? -1 : single[0] & 0xFF;
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			if (this.chunk == null) {
				this.chunk = nextChunk();
			}
			int count = this.chunk.read(buffer, offset, length);
			if (count < 0 && !this.chunk.isEmpty()) {
				readLine();
				this.chunk = null;
				return read(buffer, offset, length);
			}
			return count;
		}

		private DelimitedBody nextChunk() throws IOException {
			String size = readLine().split(";", 2)[0].trim();
			return new DelimitedBody(HttpExchange.this.in, Long.parseLong(size, 16));
		}

	}

}
