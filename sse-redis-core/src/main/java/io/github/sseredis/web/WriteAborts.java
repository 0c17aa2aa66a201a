package io.github.sseredis.web;

/** provisional */
final class WriteAborts {

	void abort(BlockedWrite write) {
		write.abort();
	}

	void close() {
	}

}
