package io.github.sseredis.test;

import java.util.ArrayList;
import java.util.List;

import io.github.sseredis.Publication;
import io.github.sseredis.PublishListener;
import org.assertj.core.api.AssertProvider;

/**
 * What the application has published since the test method began, by {@code @SsePush} or
 * a {@code Broadcaster}: a bean in tests with {@link AutoConfigureSseTest}. Thread-safe;
 * shared by all tests of an application context, so these must not run at the same time.
 */
public final class PushedEvents implements AssertProvider<PushedEventsAssert> {

	private final boolean recording;

	// Guarded by the monitor.

	private final List<PushedEvent> published = new ArrayList<>();

	private final List<Publication> waiting = new ArrayList<>();

	private final List<PushedEvent> rolledBack = new ArrayList<>();

	/**
	 * Creates the record.
	 * @param recording whether there is a broadcaster that tells it anything
	 */
	PushedEvents(boolean recording) {
		this.recording = recording;
	}

	/**
	 * The events that were published, in order.
	 * @throws IllegalStateException if nothing can be seen, because the test has replaced
	 * the broadcaster
	 */
	public synchronized List<PushedEvent> published() {
		requireRecording();
		return List.copyOf(this.published);
	}

	/**
	 * The events that wait for the commit of their transaction: never published in a test
	 * method that is {@code @Transactional} itself.
	 * @throws IllegalStateException as of {@link #published()}
	 */
	public synchronized List<PushedEvent> waitingForCommit() {
		requireRecording();
		return this.waiting.stream().map(PushedEvents::event).toList();
	}

	/**
	 * The events that were not published because their transaction rolled back.
	 * @throws IllegalStateException as of {@link #published()}
	 */
	public synchronized List<PushedEvent> rolledBack() {
		requireRecording();
		return List.copyOf(this.rolledBack);
	}

	/** Forgets all, as it happens before each test method. */
	public synchronized void clear() {
		this.published.clear();
		this.waiting.clear();
		this.rolledBack.clear();
	}

	/** Used by {@code assertThat(pushedEvents)}: asserts on what was published. */
	@Override
	public PushedEventsAssert assertThat() {
		return new PushedEventsAssert(published(), this);
	}

	PublishListener listener() {
		return new Listener();
	}

	/** What a failed assertion should say besides. */
	synchronized String hint() {
		return "published so far: " + this.published
				+ (this.waiting.isEmpty() ? ""
						: ", waiting for the commit (is the test method @Transactional?): " + waitingForCommit())
				+ (this.rolledBack.isEmpty() ? "" : ", rolled back: " + this.rolledBack);
	}

	private void requireRecording() {
		if (!this.recording) {
			throw new IllegalStateException(
					"Nothing that is pushed can be seen: the test has no broadcaster of sse-redis, but perhaps a mock");
		}
	}

	private static PushedEvent event(Publication publication) {
		return new PushedEvent(publication.topic(), publication.event().type(), publication.event().data(),
				publication.event().idempotencyKey(), publication.phase());
	}

	/** Apart, so that hosts do not see it on a bean of theirs. */
	private final class Listener implements PublishListener {

		@Override
		public void waiting(Publication publication) {
			synchronized (PushedEvents.this) {
				PushedEvents.this.waiting.add(publication);
			}
		}

		@Override
		public void published(Publication publication) {
			synchronized (PushedEvents.this) {
				PushedEvents.this.waiting.remove(publication);
				PushedEvents.this.published.add(event(publication));
			}
		}

		@Override
		public void rolledBack(Publication publication) {
			synchronized (PushedEvents.this) {
				// Not of this test if nobody knew that it waits.
				if (PushedEvents.this.waiting.remove(publication)) {
					PushedEvents.this.rolledBack.add(event(publication));
				}
			}
		}

	}

}
