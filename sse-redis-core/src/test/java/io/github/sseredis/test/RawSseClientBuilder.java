package io.github.sseredis.test;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@link RawSseClient} is to do. Every method but {@link #open()} returns this
 * object.
 */
public final class RawSseClientBuilder {

	private final URI uri;

	private final Map<String, String> headers = new LinkedHashMap<>();

	private int receiveBuffer;

	private boolean stalled;

	RawSseClientBuilder(URI uri) {
		this.uri = uri;
		this.headers.put("Host", uri.getHost() + ":" + port());
		this.headers.put("Accept", "text/event-stream");
	}

	public RawSseClientBuilder header(String name, String value) {
		this.headers.put(name, value);
		return this;
	}

	public RawSseClientBuilder lastEventId(String lastEventId) {
		return header("Last-Event-ID", lastEventId);
	}

	/**
	 * Makes the receive buffer of the socket small, so that a reader that stalls stops
	 * the writer soon.
	 * @param bytes its size, which the system may round up
	 * @return this
	 */
	public RawSseClientBuilder receiveBuffer(int bytes) {
		this.receiveBuffer = bytes;
		return this;
	}

	/**
	 * Makes the client read nothing at all until {@link RawSseClient#resume()}.
	 * @return this
	 */
	public RawSseClientBuilder stall() {
		this.stalled = true;
		return this;
	}

	/**
	 * Connects, sends the request and reads in the background.
	 * @return the client, which the test closes
	 */
	public RawSseClient open() {
		return new RawSseClient(this);
	}

	URI uri() {
		return this.uri;
	}

	int port() {
		return (this.uri.getPort() > 0) ? this.uri.getPort() : 80;
	}

	int receiveBuffer() {
		return this.receiveBuffer;
	}

	boolean stalled() {
		return this.stalled;
	}

	String request() {
		return request(this.uri, this.headers);
	}

	static String request(URI uri, Map<String, String> headers) {
		String query = (uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "";
		String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
		StringBuilder request = new StringBuilder("GET " + path + query + " HTTP/1.1\r\n");
		headers.forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
		return request.append("\r\n").toString();
	}

}
