package io.github.sseredis.web;

/** What an instance admits no more of ({@code sse.limits.*}). */
public enum Limit {

	/** The connections of the instance. */
	CONNECTIONS("connections"),

	/** The connections of one principal. */
	PER_PRINCIPAL("per-principal"),

	/** The connections of one client address. */
	PER_ADDRESS("per-address"),

	/** The topics on one connection. */
	TOPICS_PER_CONNECTION("topics-per-connection"),

	/**
	 * The length of the last event ID that a client sends, which none of ours exceeds.
	 */
	LAST_EVENT_ID("last-event-id");

	private final String key;

	Limit(String key) {
		this.key = key;
	}

	/** The name of the limit, as properties and metrics have it. */
	public String key() {
		return this.key;
	}

}
