package io.github.sseredis.checker;

import java.util.Set;

/** Something that a client saw, in the order in which it saw it. */
sealed interface Sighting {

	/** When it was seen, as {@link System#nanoTime()}. */
	long nanos();

	/** An event of the application. */
	record Event(NumberedEvent event, long nanos) implements Sighting {

	}

	/** The announcement that events of topics may be missing. */
	record Reset(Set<String> topics, String reason, long nanos) implements Sighting {

	}

	/** Another connection was opened, with what the client had last seen. */
	record Connection(String target, long nanos) implements Sighting {

	}

	/** A stream was refused with a status after which a browser never comes back. */
	record Refusal(int status, long nanos) implements Sighting {

	}

}
