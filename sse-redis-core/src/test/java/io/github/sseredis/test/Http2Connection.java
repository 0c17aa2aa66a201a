package io.github.sseredis.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * A connection with HTTP/2, over TLS for {@code https}, on which any number of streams
 * can be opened. It trusts every server.
 */
public final class Http2Connection implements AutoCloseable {

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final ConnectionPool pool = new ConnectionPool();

	private final OkHttpClient client;

	private volatile boolean reset;

	private Http2Connection(OkHttpClient.Builder builder) {
		this.client = builder.socketFactory(new RecordingSocketFactory())
			.connectionPool(this.pool)
			.readTimeout(Duration.ZERO)
			.build();
	}

	/**
	 * Prepares a connection, which the first stream opens.
	 * @param server any address of the server
	 * @return the connection
	 */
	public static Http2Connection to(URI server) {
		OkHttpClient.Builder builder = new OkHttpClient.Builder();
		if (server.getScheme().equals("http")) {
			return new Http2Connection(builder.protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)));
		}
		try {
			TrustAll trust = new TrustAll();
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, new TrustManager[] { trust }, null);
			return new Http2Connection(builder.sslSocketFactory(context.getSocketFactory(), trust)
				.hostnameVerifier((host, session) -> true));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Opens a stream.
	 * @param uri the stream
	 * @param headers of the request
	 * @return the client, which the test closes
	 */
	public Http2SseClient open(URI uri, Map<String, String> headers) {
		return new Http2SseClient(this, uri, Headers.of(headers));
	}

	OkHttpClient client() {
		return this.client;
	}

	/** Resets the connection under all its streams. */
	public void reset() {
		this.reset = true;
		try {
			for (Socket socket : this.sockets) {
				socket.setSoLinger(true, 0);
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		close();
	}

	void closeIfIdle() {
		this.pool.evictAll();
	}

	@Override
	public void close() {
		this.client.dispatcher().executorService().shutdown();
		this.pool.evictAll();
	}

	private final class RecordingSocketFactory extends SocketFactory {

		@Override
		public Socket createSocket() throws IOException {
			Socket socket = new Socket();
			Http2Connection.this.sockets.add(socket);
			if (Http2Connection.this.reset) {
				throw new SocketException("Reset before it was opened");
			}
			return socket;
		}

		@Override
		public Socket createSocket(String host, int port) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Socket createSocket(InetAddress host, int port) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
			throw new UnsupportedOperationException();
		}

	}

	private static final class TrustAll implements X509TrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
