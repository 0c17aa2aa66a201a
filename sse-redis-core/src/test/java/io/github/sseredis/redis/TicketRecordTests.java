package io.github.sseredis.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.sseredis.Ticket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TicketRecordTests {

	@Test
	void everythingOfATicketComesBack() {
		Ticket ticket = new Ticket(List.of("user:42", "announcements"), "jin\nwith a line break",
				Instant.parse("2030-01-02T03:04:05.678Z"), Duration.ofMinutes(3));
		assertThat(TicketRecord.parse(TicketRecord.encode(ticket))).contains(ticket);
	}

	@Test
	void whatATicketHasNotComesBackAsNothing() {
		Ticket anonymous = new Ticket(List.of("공지"), null, null, null);
		assertThat(TicketRecord.parse(TicketRecord.encode(anonymous))).contains(anonymous);
		Ticket empty = new Ticket(List.of("a"), "", null, null);
		assertThat(TicketRecord.parse(TicketRecord.encode(empty))).contains(empty);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1", "1\n\n\nnamed\n1\na", "2\n\n\nnamed\n1\na\njin", "1\n\n\nnamed\n0\njin",
			"1\n\n\nnamed\n-1\njin", "1\n\n\nnamed\n9999999999\na\njin", "1\n\n\nnamed\nx\na\njin",
			"1\ntomorrow\n\nnamed\n1\na\njin", "1\n\nlong\nnamed\n1\na\njin", "1\n\nPT-1S\nnamed\n1\na\njin",
			"1\n\n\nnamed\n1\n$control\njin", "\u00ac\u00ed\u0000\u0005sr\u0000\u0011java.util.HashMap",
			"{\"@class\":\"java.net.URL\"}" })
	void anythingElseIsNoTicket(String entry) {
		assertThat(TicketRecord.parse(entry.getBytes(StandardCharsets.UTF_8))).isEmpty();
	}

}
