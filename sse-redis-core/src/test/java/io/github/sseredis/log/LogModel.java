package io.github.sseredis.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.sseredis.EventFrame;
import io.github.sseredis.ResetReason;
import io.github.sseredis.log.LogReader.Result;
import org.jspecify.annotations.Nullable;

/** What a {@link PartitionLog} and its readers do, in the plainest way there is. */
final class LogModel {

	final Deque<Event> events = new ArrayDeque<>();

	final Map<String, Topic> topics = new TreeMap<>();

	private final long memory;

	@Nullable Lineage lineage;

	long appended;

	long end;

	long begun;

	long dropped;

	private @Nullable Lineage starting;

	LogModel(long memory) {
		this.memory = memory;
	}

	void start(Lineage lineage, long sequence) {
		this.events.clear();
		this.topics.values().removeIf((topic) -> topic.readers.isEmpty());
		for (Topic topic : this.topics.values()) {
			topic.events = 0;
			topic.dropped = sequence;
		}
		this.lineage = null;
		this.starting = lineage;
		this.appended = sequence;
		this.end = sequence;
		this.dropped = sequence;
	}

	void renew(Lineage lineage) {
		this.lineage = lineage;
	}

	void append(long sequence, String name, byte[] fields) {
		Lineage current = this.starting != null ? this.starting : this.lineage;
		byte[] frame = EventFrame.withId(fields, Cursor.of(new Position(current.epoch(), sequence)).toString());
		topic(name).events++;
		this.events.add(new Event(sequence, name, frame));
		this.appended = sequence;
		while (held() > this.memory && !this.events.isEmpty()) {
			Event oldest = this.events.remove();
			this.dropped = oldest.sequence;
			Topic topic = topic(oldest.topic);
			topic.dropped = oldest.sequence;
			topic.events--;
			forgetIfUnused(oldest.topic);
		}
	}

	void publish(long sequence) {
		this.appended = Math.max(this.appended, sequence);
		this.end = this.appended;
		if (this.starting != null) {
			this.begun = this.end;
			this.lineage = this.starting;
			this.starting = null;
		}
	}

	long held() {
		long held = 0;
		for (Event event : this.events) {
			held += PartitionLog.EVENT_OVERHEAD + event.frame.length;
		}
		for (Map.Entry<String, Topic> topic : this.topics.entrySet()) {
			held += topic.getValue().events > 0 ? PartitionLog.TOPIC_OVERHEAD + 2 * topic.getKey().length() : 0;
		}
		return held;
	}

	Reader reader(List<String> topics, @Nullable Position place, @Nullable ResetReason reset) {
		Reader reader = new Reader(topics, place, reset);
		topics.forEach((name) -> topic(name).readers.add(reader));
		return reader;
	}

	@Nullable Position position() {
		return this.lineage != null ? new Position(this.lineage.epoch(), this.end) : null;
	}

	private Topic topic(String name) {
		return this.topics.computeIfAbsent(name, (absent) -> new Topic(this.dropped));
	}

	private void forgetIfUnused(String name) {
		Topic topic = topic(name);
		if (topic.events == 0 && topic.readers.isEmpty()) {
			this.topics.remove(name);
		}
	}

	record Event(long sequence, String topic, byte[] frame) {

	}

	static final class Topic {

		final List<Reader> readers = new ArrayList<>();

		long dropped;

		int events;

		Topic(long dropped) {
			this.dropped = dropped;
		}

	}

	final class Reader {

		final List<String> topics;

		final List<Event> found = new ArrayList<>();

		@Nullable Position place;

		@Nullable ResetReason reset;

		private @Nullable Lineage judgedIn;

		private final boolean early = LogModel.this.lineage == null;

		private boolean caughtUp;

		private boolean closed;

		Reader(List<String> topics, @Nullable Position place, @Nullable ResetReason reset) {
			this.topics = topics;
			this.place = place;
			this.reset = reset;
			judge();
		}

		@Nullable Position position() {
			return this.reset == null ? this.place : null;
		}

		boolean isPlaced() {
			judge();
			if (LogModel.this.lineage == null || this.reset != null) {
				return false;
			}
			if (lacksEvents()) {
				this.reset = ResetReason.TRIMMED;
			}
			return this.reset == null;
		}

		Result read() {
			this.found.clear();
			judge();
			if (LogModel.this.lineage == null) {
				return Result.WAITING;
			}
			if (this.reset != null) {
				return Result.RESET;
			}
			if (LogModel.this.end < this.place.sequence()) {
				// Nothing is kept elsewhere, so there is no such number.
				this.reset = ResetReason.ROLLED_BACK;
				return Result.RESET;
			}
			if (LogModel.this.end == this.place.sequence()) {
				this.caughtUp = true;
				return Result.UP_TO_DATE;
			}
			if (this.closed) {
				return Result.CLOSED;
			}
			if (lacksEvents()) {
				this.reset = this.caughtUp ? ResetReason.OVERFLOW : ResetReason.TRIMMED;
				return Result.RESET;
			}
			return find();
		}

		private Result find() {
			int bytes = 0;
			for (Event event : LogModel.this.events) {
				if (event.sequence > this.place.sequence() && event.sequence <= LogModel.this.end
						&& this.topics.contains(event.topic)) {
					if (bytes >= FrameBatch.LIMIT) {
						this.place = at(this.found.get(this.found.size() - 1).sequence);
						return Result.MORE;
					}
					this.found.add(event);
					bytes += event.frame.length;
				}
			}
			this.place = at(LogModel.this.end);
			this.caughtUp = true;
			return Result.UP_TO_DATE;
		}

		@Nullable Position acceptReset() {
			if (LogModel.this.lineage == null) {
				return null;
			}
			Position was = this.place != null ? LogModel.this.lineage.endOf(this.place.epoch()) : null;
			boolean readIt = was != null && this.place.sequence() >= was.sequence();
			long end = this.early && this.place == null ? LogModel.this.begun : LogModel.this.end;
			this.place = at(readIt ? Math.max(end, was.sequence()) : end);
			this.judgedIn = LogModel.this.lineage;
			this.reset = null;
			this.caughtUp = true;
			return this.place;
		}

		void close() {
			this.closed = true;
			for (String name : this.topics) {
				topic(name).readers.remove(this);
				forgetIfUnused(name);
			}
		}

		private void judge() {
			if (LogModel.this.lineage != null && this.judgedIn != LogModel.this.lineage) {
				this.judgedIn = LogModel.this.lineage;
				if (this.reset == null) {
					this.reset = this.place != null ? this.judgedIn.objectionTo(this.place) : ResetReason.UNKNOWN_EPOCH;
				}
				if (this.reset == null) {
					this.place = at(this.place.sequence());
				}
			}
		}

		private boolean lacksEvents() {
			return this.topics.stream().anyMatch((name) -> topic(name).dropped > this.place.sequence());
		}

		private Position at(long sequence) {
			return new Position(LogModel.this.lineage.epoch(), sequence);
		}

	}

}
