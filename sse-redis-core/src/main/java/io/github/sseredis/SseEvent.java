package io.github.sseredis;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One event to publish: a type, a payload, and optionally an idempotency key. Immutable
 * as far as its payload is; the payload is encoded once, when the event is handed to a
 * {@link Broadcaster}.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">WHATWG,
 * event stream</a>
 */
public final class SseEvent {

	private final @Nullable String type;

	private final Object data;

	private final @Nullable String idempotencyKey;

	private SseEvent(@Nullable String type, Object data, @Nullable String idempotencyKey) {
		this.type = type;
		this.data = data;
		this.idempotencyKey = idempotencyKey;
	}

	/**
	 * Returns an event without a type: a browser dispatches it as {@code message}.
	 * @param data the payload: a string is sent as it is, anything else by the
	 * {@link PayloadEncoder}
	 */
	public static SseEvent of(Object data) {
		return builder().data(data).build();
	}

	/**
	 * Returns an event of a type.
	 * @param type the {@code event:} field, without CR, LF and NUL
	 * @param data the payload: a string is sent as it is, anything else by the
	 * {@link PayloadEncoder}
	 */
	public static SseEvent of(String type, Object data) {
		return builder().type(type).data(data).build();
	}

	/** Returns a builder; {@link Builder#data} must be given. */
	public static Builder builder() {
		return new Builder();
	}

	/** The {@code event:} field; null for the default, {@code message}. */
	public @Nullable String type() {
		return this.type;
	}

	/** The payload as it was given. */
	public Object data() {
		return this.data;
	}

	/**
	 * The key under which a topic takes this event only once within
	 * {@code sse.publish.idempotency-ttl}; null if it may be taken any number of times.
	 */
	public @Nullable String idempotencyKey() {
		return this.idempotencyKey;
	}

	@Override
	public String toString() {
		return "SseEvent[type=" + this.type + ", data=" + this.data.getClass().getName() + ", idempotencyKey="
				+ this.idempotencyKey + "]";
	}

	/** Builds an {@link SseEvent}; not thread-safe. */
	public static final class Builder {

		private @Nullable String type;

		private @Nullable Object data;

		private @Nullable String idempotencyKey;

		private Builder() {
		}

		/** Sets the {@code event:} field; null for the default, {@code message}. */
		public Builder type(@Nullable String type) {
			this.type = type;
			return this;
		}

		/** Sets the payload. */
		public Builder data(Object data) {
			this.data = Objects.requireNonNull(data, "data");
			return this;
		}

		/**
		 * Sets the key under which the topic takes this event only once; null for none.
		 */
		public Builder idempotencyKey(@Nullable String idempotencyKey) {
			this.idempotencyKey = idempotencyKey;
			return this;
		}

		/**
		 * Returns the event.
		 * @throws NullPointerException without data
		 */
		public SseEvent build() {
			return new SseEvent(this.type, Objects.requireNonNull(this.data, "data"), this.idempotencyKey);
		}

	}

}
