package io.github.sseredis.web;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** Several responses on one connection, with the windows under the test's control. */
final class StallingHttp2Client implements StallingClient {

	private static final int DATA = 0;

	private static final int HEADERS = 1;

	private static final int RST_STREAM = 3;

	private static final int SETTINGS = 4;

	private static final int PING = 6;

	private static final int WINDOW_UPDATE = 8;

	private static final int ACK = 1;

	private static final int WINDOW = 65_535;

	private final Socket socket;

	private final boolean tls;

	private final boolean unlimited;

	private final DataInputStream in;

	private final Map<String, Integer> streams = new ConcurrentHashMap<>();

	private final Map<Integer, StringBuffer> received = new ConcurrentHashMap<>();

	private final Set<Integer> reset = ConcurrentHashMap.newKeySet();

	private volatile @Nullable Stall stall;

	private volatile int stalled;

	private int withheld;

	StallingHttp2Client(Socket socket, boolean tls, boolean unlimited) throws IOException {
		this.socket = socket;
		this.tls = tls;
		this.unlimited = unlimited;
		this.in = new DataInputStream(socket.getInputStream());
		ByteArrayOutputStream preface = new ByteArrayOutputStream();
		preface.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		int initialWindow = unlimited ? Integer.MAX_VALUE : WINDOW;
		preface.write(frame(SETTINGS, 0, 0, (payload) -> {
			payload.writeShort(4);
			payload.writeInt(initialWindow);
		}));
		if (unlimited) {
			preface.write(windowUpdate(0, Integer.MAX_VALUE - WINDOW));
		}
		send(preface.toByteArray());
		Thread reader = new Thread(this::read, "reader");
		reader.setDaemon(true);
		reader.start();
	}

	@Override
	public void get(String id) throws IOException {
		int stream = this.streams.size() * 2 + 1;
		this.streams.put(id, stream);
		this.received.put(stream, new StringBuffer());
		// Ends the stream and the headers, as literals.
		send(frame(HEADERS, 5, stream, (payload) -> {
			payload.writeByte(0x82);
			payload.writeByte(this.tls ? 0x87 : 0x86);
			literal(payload, 4, "/" + id);
			literal(payload, 1, "localhost");
		}));
	}

	private static void literal(DataOutputStream payload, int name, String value) throws IOException {
		payload.writeByte(name);
		payload.writeByte(value.length());
		payload.writeBytes(value);
	}

	private void read() {
		try {
			while (true) {
				int length = (this.in.readUnsignedByte() << 16) | this.in.readUnsignedShort();
				int type = this.in.readUnsignedByte();
				int flags = this.in.readUnsignedByte();
				int stream = this.in.readInt();
				byte[] payload = new byte[length];
				this.in.readFully(payload);
				received(type, flags, stream, payload);
				if (this.stall == Stall.SOCKET) {
					return;
				}
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void received(int type, int flags, int stream, byte[] payload) throws IOException {
		if (type == DATA) {
			if (stream != this.stalled) {
				this.received.get(stream).append(new String(payload, StandardCharsets.US_ASCII));
			}
			if (!this.unlimited && payload.length > 0) {
				consumed(stream, payload.length);
			}
		}
		else if (type == RST_STREAM) {
			this.reset.add(stream);
		}
		else if ((type == SETTINGS || type == PING) && flags != ACK) {
			send(frame(type, ACK, 0, (ack) -> ack.write(type == PING ? payload : new byte[0])));
		}
	}

	private synchronized void consumed(int stream, int length) throws IOException {
		if (this.stall == Stall.CONNECTION_WINDOW) {
			this.withheld += length;
		}
		else {
			send(windowUpdate(0, length));
		}
		if (this.stall != Stall.STREAM_WINDOW || stream != this.stalled) {
			send(windowUpdate(stream, length));
		}
	}

	@Override
	public synchronized void stall(String id, Stall stall) {
		this.stalled = this.streams.get(id);
		this.stall = stall;
	}

	@Override
	public synchronized void resume() throws IOException {
		if (this.stall == Stall.CONNECTION_WINDOW) {
			send(windowUpdate(0, this.withheld));
		}
		// As a client may that has not seen the reset yet.
		send(windowUpdate(this.stalled, WINDOW));
		this.stall = null;
	}

	@Override
	public String received(String id) {
		return this.received.get(this.streams.get(id)).toString();
	}

	@Override
	public boolean isReset(String id) {
		return this.reset.contains(this.streams.get(id));
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	private synchronized void send(byte[] bytes) throws IOException {
		OutputStream out = this.socket.getOutputStream();
		out.write(bytes);
		out.flush();
	}

	private static byte[] windowUpdate(int stream, int increment) {
		return frame(WINDOW_UPDATE, 0, stream, (payload) -> payload.writeInt(increment));
	}

	private static byte[] frame(int type, int flags, int stream, Payload writer) {
		try {
			ByteArrayOutputStream payload = new ByteArrayOutputStream();
			writer.write(new DataOutputStream(payload));
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			DataOutputStream frame = new DataOutputStream(bytes);
			frame.writeByte(payload.size() >> 16);
			frame.writeShort(payload.size());
			frame.writeByte(type);
			frame.writeByte(flags);
			frame.writeInt(stream);
			payload.writeTo(frame);
			return bytes.toByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private interface Payload {

		void write(DataOutputStream payload) throws IOException;

	}

}
