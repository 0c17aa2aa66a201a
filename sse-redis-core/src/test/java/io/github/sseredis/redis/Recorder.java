package io.github.sseredis.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.github.sseredis.ResetReason;
import io.github.sseredis.log.FrameBatch;
import io.github.sseredis.log.LogReader;
import io.github.sseredis.log.PartitionLog;
import io.github.sseredis.log.Position;

import static org.awaitility.Awaitility.await;

/** What a reader of the log gets, in order: data of events, and resets. */
final class Recorder {

	private final List<String> seen = new ArrayList<>();

	private final FrameBatch batch = new FrameBatch();

	private final LogReader reader;

	private int resets;

	private Recorder(LogReader reader) {
		this.reader = reader;
	}

	/** Records what comes. */
	static Recorder of(PartitionLog log, List<String> topics) {
		return new Recorder(LogReader.open(log, topics, () -> {
		}));
	}

	/** Records what comes after a position, as for a client that resumes. */
	static Recorder resumed(PartitionLog log, List<String> topics, Position cursor) {
		return new Recorder(LogReader.resume(log, topics, () -> {
		}, cursor));
	}

	/** Reads what there is. */
	synchronized List<String> seen() {
		while (true) {
			LogReader.Result result = this.reader.read(this.batch);
			for (int i = 0; i < this.batch.size(); i++) {
				this.seen.add(data(this.batch.frame(i)));
			}
			this.batch.clear();
			if (result == LogReader.Result.RESET) {
				ResetReason reason = this.reader.resetReason();
				if (this.reader.acceptReset() == null) {
					return List.copyOf(this.seen);
				}
				this.resets++;
				this.seen.add("reset: " + reason);
			}
			else if (result != LogReader.Result.MORE) {
				return List.copyOf(this.seen);
			}
		}
	}

	synchronized int resets() {
		seen();
		return this.resets;
	}

	List<String> awaitLast(String data) {
		await().until(() -> !seen().isEmpty() && seen().get(seen().size() - 1).equals(data));
		return seen();
	}

	void close() {
		this.reader.close();
	}

	private static String data(byte[] frame) {
		return new String(frame, StandardCharsets.UTF_8).lines()
			.filter((line) -> line.startsWith("data: "))
			.map((line) -> line.substring(6))
			.collect(Collectors.joining("\n"));
	}

}
