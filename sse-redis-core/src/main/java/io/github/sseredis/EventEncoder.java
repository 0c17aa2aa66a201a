package io.github.sseredis;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import io.github.sseredis.BroadcastException.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Turns events into frames, refusing what a client could not read as exactly this event.
 * Thread-safe.
 */
public final class EventEncoder {

	private static final int MAX_KEY_LENGTH = 255;

	private final PayloadEncoder payloadEncoder;

	private final long maxPayload;

	private final LongAdder payloadRefusals = new LongAdder();

	/**
	 * Creates an encoder.
	 * @param payloadEncoder for what is no string
	 * @param maxPayload the greatest payload in bytes of its encoded form; 0 for any
	 */
	public EventEncoder(PayloadEncoder payloadEncoder, long maxPayload) {
		this.payloadEncoder = payloadEncoder;
		this.maxPayload = maxPayload;
	}

	/**
	 * Returns the event encoded for a topic.
	 * @throws BroadcastException saying what cannot be sent and why
	 */
	public EncodedEvent encode(String topic, SseEvent event) {
		try {
			TopicName.requireValid(topic);
			return new EncodedEvent(topic, fields(event), requireValidKey(event));
		}
		catch (IllegalArgumentException ex) {
			throw notSent(String.valueOf(ex.getMessage()), ex);
		}
	}

	/**
	 * Returns the fields of an event.
	 * @throws BroadcastException saying what cannot be sent and why
	 */
	public byte[] fields(SseEvent event) {
		String data = text(event.data());
		byte[] fields;
		try {
			fields = EventFrame.encode(event.type(), data);
		}
		catch (IllegalArgumentException ex) {
			throw notSent(String.valueOf(ex.getMessage()), ex);
		}
		if (this.maxPayload > 0 && fields.length > this.maxPayload && payloadLength(data) > this.maxPayload) {
			this.payloadRefusals.increment();
			throw notSent("the payload of type " + event.data().getClass().getName() + " has " + payloadLength(data)
					+ " bytes, more than sse.limits.payload allows (" + this.maxPayload + ")", null);
		}
		return fields;
	}

	/** How many events were refused because their payload is too large. */
	public long payloadRefusalCount() {
		return this.payloadRefusals.sum();
	}

	private String text(Object data) {
		try {
			String text = data instanceof CharSequence ? data.toString() : this.payloadEncoder.encode(data);
			// What the host's code returns may be null whatever its type says.
			return Objects.requireNonNull(text, "it was encoded as null");
		}
		catch (Exception | StackOverflowError ex) {
			// The overflow of a payload that contains itself has no message.
			throw notSent("the payload of type " + data.getClass().getName() + " cannot be encoded: "
					+ (ex.getMessage() != null ? ex.getMessage() : ex), ex);
		}
	}

	private static @Nullable String requireValidKey(SseEvent event) {
		String key = event.idempotencyKey();
		if (key == null) {
			return null;
		}
		if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
			throw new IllegalArgumentException(
					"An idempotency key must have 1 to " + MAX_KEY_LENGTH + " characters, got " + key.length());
		}
		// In UTF-8 all lone surrogates are the same: so would be keys that differ.
		int surrogate = EventFrame.indexOfLoneSurrogate(key);
		if (surrogate >= 0) {
			throw new IllegalArgumentException(
					"An idempotency key must be valid Unicode, got a lone surrogate at index " + surrogate);
		}
		return key;
	}

	private static long payloadLength(String data) {
		return data.getBytes(StandardCharsets.UTF_8).length;
	}

	private static BroadcastException notSent(String message, @Nullable Throwable cause) {
		return new BroadcastException(Outcome.NOT_SENT, message, cause);
	}

}
