package io.github.sseredis.checker;

/**
 * An event as its producer numbered it.
 *
 * @param topic the topic it was published to
 * @param producer who published it; one producer publishes on one instance only
 * @param number which of the producer's events of this topic it is, from 0
 */
record NumberedEvent(String topic, String producer, int number) {

	/** The data of the event on the wire. */
	String payload(int padding) {
		return this.topic + " " + this.producer + " " + this.number + " " + "x".repeat(padding);
	}

	static NumberedEvent parse(String payload) {
		String[] words = payload.split(" ", 4);
		return new NumberedEvent(words[0], words[1], Integer.parseInt(words[2]));
	}

	@Override
	public String toString() {
		return this.topic + "/" + this.producer + "/" + this.number;
	}

}
