package io.github.sseredis.test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What came over one connection, as bytes, chunks and blocks. Its owner guards it.
 */
final class WireRecording implements HttpResponseParser.Sink {

	private static final int KEPT_BYTES = 1024 * 1024;

	private final List<SseBlock> blocks = new ArrayList<>();

	private final List<Long> chunks = new ArrayList<>();

	private final ByteArrayOutputStream body = new ByteArrayOutputStream();

	private final HttpResponseParser response = new HttpResponseParser(this);

	private final SseParser parser = new SseParser(this::add);

	private int eventCount;

	private long bytesRead;

	void take(byte[] buffer, int length) {
		this.bytesRead += length;
		this.response.feed(buffer, 0, length);
	}

	HttpResponseParser response() {
		return this.response;
	}

	SseParser parser() {
		return this.parser;
	}

	List<SseBlock> blocks() {
		return this.blocks;
	}

	int eventCount() {
		return this.eventCount;
	}

	List<Long> chunks() {
		return this.chunks;
	}

	String bodyText() {
		return this.body.toString(StandardCharsets.UTF_8);
	}

	long bytesRead() {
		return this.bytesRead;
	}

	@Override
	public void chunk(long size) {
		this.chunks.add(size);
	}

	@Override
	public void body(byte[] bytes, int offset, int length) {
		this.parser.feed(bytes, offset, length);
		this.body.write(bytes, offset, Math.min(length, KEPT_BYTES - this.body.size()));
	}

	@Override
	public String toString() {
		return "\"" + this.response.statusLine() + "\", " + this.blocks.size() + " blocks, " + this.eventCount
				+ " events, body: " + bodyText();
	}

	private void add(SseBlock block) {
		this.blocks.add(block);
		this.eventCount += block.isEvent() ? 1 : 0;
	}

}
