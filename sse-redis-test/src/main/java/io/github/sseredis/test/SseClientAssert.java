package io.github.sseredis.test;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.assertj.core.api.AbstractAssert;

/**
 * Expectations of a client, each waiting up to the client's deadline. Those of events
 * take the next event that no expectation has taken, and fail at once if it is another:
 * what they pass over would be lost.
 */
public final class SseClientAssert extends AbstractAssert<SseClientAssert, SseClient> {

	private static final Duration MOMENT = Duration.ofMillis(300);

	private static final Pattern REASON = Pattern.compile("\"reason\"\\s*:\\s*\"([^\"]*)\"");

	SseClientAssert(SseClient client) {
		super(client, SseClientAssert.class);
	}

	/** Expects that the stream opens. */
	public SseClientAssert opens() {
		this.actual.awaitOpen();
		return this;
	}

	/** Expects an answer that is no stream, such as 401. */
	public SseClientAssert isRefusedWith(int status) {
		StreamRecord record = this.actual.record();
		int answered = this.actual.status();
		boolean refused = record.holds(() -> record.state() == ConnectionState.REFUSED,
				() -> record.state() == ConnectionState.OPEN, this.actual.options().deadline());
		if (answered != status || !refused) {
			throw failure("Expected to be refused with status %s, but got %s, and %s", status, answered,
					record.describe());
		}
		return this;
	}

	/** Expects that the next event is of a type. */
	public SseClientAssert receives(String type) {
		return receives(type, (event) -> {
		});
	}

	/** Expects that the next event is of a type and has this data, as it was sent. */
	public SseClientAssert receives(String type, String data) {
		return receives(type, (event) -> {
			if (!event.data().equals(data)) {
				throw failure("Expected data '%s', but got %s", data, event);
			}
		});
	}

	/**
	 * Expects that the next event is of a type and fulfils what is said of its data.
	 * @param <T> what the data is read as
	 * @param dataType what the data is read as, from JSON
	 * @param data asserts something
	 */
	public <T> SseClientAssert receives(String type, Class<T> dataType, Consumer<? super T> data) {
		return receives(type, (event) -> data.accept(read(event, dataType)));
	}

	/** Expects events with this data, next and in this order, of whatever type. */
	public SseClientAssert receivesData(String... data) {
		for (String expected : data) {
			ReceivedEvent event = next("an event with data '" + expected + "'");
			if (!event.data().equals(expected)) {
				throw failure("Expected an event with data '%s' next, but got %s", expected, event);
			}
		}
		return this;
	}

	/** Expects that the next event says that events may be missing. */
	public SseClientAssert receivesReset() {
		return receives(this.actual.options().resetType());
	}

	/**
	 * Expects that the next event says why events may be missing.
	 * @param reason as in the event, such as {@code trimmed}
	 */
	public SseClientAssert receivesReset(String reason) {
		return receives(this.actual.options().resetType(), (event) -> {
			Matcher found = REASON.matcher(event.data());
			if (!found.find() || !found.group(1).equals(reason)) {
				throw failure("Expected a reset for '%s', but got %s", reason, event);
			}
		});
	}

	/** Expects that no event comes for a moment on the open stream. */
	public SseClientAssert receivesNothing() {
		return receivesNothingFor(MOMENT);
	}

	/**
	 * Expects that no event comes on the open stream. What would come later is not seen:
	 * where it can, let a test publish another event and expect that next.
	 */
	public SseClientAssert receivesNothingFor(Duration time) {
		StreamRecord record = this.actual.record();
		boolean came = record.holds(record::hasMore, () -> record.state() != ConnectionState.OPEN, time);
		if (came) {
			throw failure("Expected no event for %s ms, but got %s", time.toMillis(), record.take());
		}
		if (record.state() != ConnectionState.OPEN) {
			throw failure("Expected no event on an open stream, but %s", record.describe());
		}
		return this;
	}

	/** Expects that the server ends the stream, in order and not by breaking off. */
	public SseClientAssert ends() {
		StreamRecord record = this.actual.record();
		record.await(() -> record.state() == ConnectionState.ENDED, () -> record.state().isEnd(),
				this.actual.options().deadline(), () -> "the end of the stream");
		return this;
	}

	private <T> T read(ReceivedEvent event, Class<T> dataType) {
		try {
			return event.data(dataType);
		}
		catch (RuntimeException ex) {
			AssertionError failure = failure("Expected data that is a %s, but got %s", dataType.getName(), event);
			failure.addSuppressed(ex);
			throw failure;
		}
	}

	private SseClientAssert receives(String type, Consumer<ReceivedEvent> expectation) {
		ReceivedEvent event = next("an event of type '" + type + "'");
		if (!event.type().equals(type)) {
			throw failure("Expected an event of type '%s' next, but got %s", type, event);
		}
		expectation.accept(event);
		return this;
	}

	private ReceivedEvent next(String what) {
		StreamRecord record = this.actual.record();
		record.await(record::hasMore, () -> record.state().isEnd(), this.actual.options().deadline(), () -> what);
		return record.take();
	}

}
