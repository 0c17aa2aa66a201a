package io.github.sseredis.redis;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.github.sseredis.Ticket;
import io.github.sseredis.TopicName;

/**
 * A ticket as text: lines with the version, when its authentication expires, the life of
 * its stream, whether it has a principal, the number of topics, the topics, which have no
 * line breaks, and the name of the principal, which may have.
 */
final class TicketRecord {

	private static final String VERSION = "1";

	private static final int HEAD = 5;

	private TicketRecord() {
	}

	static byte[] encode(Ticket ticket) {
		StringBuilder text = new StringBuilder();
		line(text, VERSION);
		line(text, ticket.expiresAt() != null ? ticket.expiresAt() : "");
		line(text, ticket.timeout() != null ? ticket.timeout() : "");
		line(text, ticket.principal() != null ? "named" : "anonymous");
		line(text, ticket.topics().size());
		ticket.topics().forEach((topic) -> line(text, topic));
		text.append(ticket.principal() != null ? ticket.principal() : "");
		return text.toString().getBytes(StandardCharsets.UTF_8);
	}

	/** Returns the ticket in an entry, or empty if there is none this version knows. */
	static Optional<Ticket> parse(byte[] entry) {
		try {
			return parse(new String(entry, StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			return Optional.empty();
		}
	}

	private static Optional<Ticket> parse(String text) {
		String[] head = text.split("\n", HEAD + 1);
		if (head.length <= HEAD || !head[0].equals(VERSION)) {
			return Optional.empty();
		}
		int topics = Integer.parseInt(head[HEAD - 1]);
		String[] rest = topics > 0 ? head[HEAD].split("\n", topics + 1) : new String[0];
		if (rest.length != topics + 1) {
			return Optional.empty();
		}
		List<String> names = Arrays.asList(rest).subList(0, topics);
		names.forEach(TopicName::requireValid);
		return Optional.of(new Ticket(names, head[3].equals("named") ? rest[topics] : null,
				head[1].isEmpty() ? null : Instant.parse(head[1]), head[2].isEmpty() ? null : Duration.parse(head[2])));
	}

	private static void line(StringBuilder text, Object value) {
		text.append(value).append('\n');
	}

}
