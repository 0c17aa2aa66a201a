package io.github.sseredis;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What to open a connection with, where the current request does not say it. Immutable.
 */
public final class SubscribeRequest {

	private final Set<String> topics;

	private final @Nullable String lastEventId;

	private final @Nullable String principal;

	private final @Nullable Duration timeout;

	private final @Nullable Instant expiresAt;

	private final Supplier<? extends Collection<SseEvent>> initial;

	private SubscribeRequest(Builder builder) {
		this.topics = Collections.unmodifiableSet(new LinkedHashSet<>(builder.topics));
		this.lastEventId = builder.lastEventId;
		this.principal = builder.principal;
		this.timeout = builder.timeout;
		this.expiresAt = builder.expiresAt;
		this.initial = builder.initial;
	}

	/** Returns a request for topics that takes everything else from the current one. */
	public static SubscribeRequest of(String... topics) {
		return builder().topics(topics).build();
	}

	/** Returns a builder; topics must be given. */
	public static Builder builder() {
		return new Builder();
	}

	/** The topics to receive, each once, in the order given. */
	public Set<String> topics() {
		return this.topics;
	}

	/**
	 * The ID after which to go on, as a client sent it; empty to begin with what comes;
	 * null to take it from the current request.
	 */
	public @Nullable String lastEventId() {
		return this.lastEventId;
	}

	/**
	 * The name of the connection's owner; null to take it from the current request.
	 */
	public @Nullable String principal() {
		return this.principal;
	}

	/**
	 * The life of the connection; zero for no end; null for {@code sse.timeout}.
	 */
	public @Nullable Duration timeout() {
		return this.timeout;
	}

	/**
	 * When the authentication of the owner expires, at which time the connection ends if
	 * its life has not before; null to take it from the current request.
	 */
	public @Nullable Instant expiresAt() {
		return this.expiresAt;
	}

	/** What is written to this connection alone, before anything else. */
	public Supplier<? extends Collection<SseEvent>> initial() {
		return this.initial;
	}

	/** Builds a {@link SubscribeRequest}; not thread-safe. */
	public static final class Builder {

		private final Set<String> topics = new LinkedHashSet<>();

		private @Nullable String lastEventId;

		private @Nullable String principal;

		private @Nullable Duration timeout;

		private @Nullable Instant expiresAt;

		private Supplier<? extends Collection<SseEvent>> initial = List::of;

		private Builder() {
		}

		/** Adds topics. */
		public Builder topics(String... topics) {
			return topics(List.of(topics));
		}

		/** Adds topics. */
		public Builder topics(Collection<String> topics) {
			this.topics.addAll(topics);
			return this;
		}

		/**
		 * Sets the ID after which to go on, as the client sent it: it need not be valid,
		 * and if it is not, the stream begins with a {@code reset}. Empty to begin with
		 * what comes, null to take it from the current request.
		 */
		public Builder lastEventId(@Nullable String lastEventId) {
			this.lastEventId = lastEventId;
			return this;
		}

		/** Sets the ID after which to go on. */
		public Builder lastEventId(EventId lastEventId) {
			return lastEventId(lastEventId.toString());
		}

		/**
		 * Sets the name of the owner, for {@code sse.limits.per-principal} and
		 * {@link EmitterRegistry#disconnect}; null to take it from the current request.
		 */
		public Builder principal(@Nullable String principal) {
			this.principal = principal;
			return this;
		}

		/**
		 * Sets the life of the connection, from which up to a fifth is taken at random;
		 * zero for no end, null for {@code sse.timeout}.
		 * @throws IllegalArgumentException if negative
		 */
		public Builder timeout(@Nullable Duration timeout) {
			if (timeout != null && timeout.isNegative()) {
				throw new IllegalArgumentException("timeout must not be negative, got " + timeout);
			}
			this.timeout = timeout;
			return this;
		}

		/**
		 * Sets when the authentication of the owner expires, within a second after which
		 * the connection ends if its life has not before; null to take it from the
		 * current request, which tells it where Spring Security has authenticated a
		 * token.
		 */
		public Builder expiresAt(@Nullable Instant expiresAt) {
			this.expiresAt = expiresAt;
			return this;
		}

		/**
		 * Sets what is written to this connection alone, before anything else and without
		 * an ID: a snapshot, an unread count. Called on the request thread when the
		 * connection has its place in the order of events, so what the snapshot lacks
		 * comes as an event; an event may also be in the snapshot already, so give state,
		 * not differences. If it throws, {@code subscribe} does.
		 */
		public Builder initial(Supplier<? extends Collection<SseEvent>> initial) {
			this.initial = Objects.requireNonNull(initial, "initial");
			return this;
		}

		/** Returns the request; whether its topics are valid is seen when it is used. */
		public SubscribeRequest build() {
			return new SubscribeRequest(this);
		}

	}

}
