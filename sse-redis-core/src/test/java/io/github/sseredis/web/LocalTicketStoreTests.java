package io.github.sseredis.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.sseredis.Ticket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LocalTicketStoreTests {

	private static final Duration TTL = Duration.ofSeconds(30);

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

	private final LocalTicketStore store = new LocalTicketStore(this.nanos::get);

	private final Ticket ticket = new Ticket(List.of("a"), "jin", null, null);

	@Test
	void ticketIsTakenOnce() {
		this.store.put("x", this.ticket, TTL);
		assertThat(this.store.take("y")).isEmpty();
		assertThat(this.store.take("x")).contains(this.ticket);
		assertThat(this.store.take("x")).isEmpty();
	}

	@Test
	void ticketIsGoneAfterItsTime() {
		this.store.put("x", this.ticket, TTL);
		this.store.put("y", this.ticket, TTL);
		this.nanos.addAndGet(TTL.toNanos() - 1);
		assertThat(this.store.take("x")).isPresent();
		this.nanos.addAndGet(1);
		assertThat(this.store.take("y")).isEmpty();
	}

	@Test
	void ticketsThatNobodyTakesDoNotAddUp() {
		for (int i = 0; i < 100; i++) {
			this.store.put("x" + i, this.ticket, TTL);
			this.nanos.addAndGet(TTL.toNanos() / 10);
		}
		assertThat(this.store.size()).isLessThanOrEqualTo(10);
		for (int i = 0; i < 100_010; i++) {
			this.store.put("y" + i, this.ticket, TTL);
		}
		assertThat(this.store.size()).isEqualTo(100_000);
		assertThat(this.store.take("y100009")).isPresent();
	}

	@Test
	void oneOfManyWhoRaceGetsTheTicket() throws Exception {
		AtomicInteger taken = new AtomicInteger();
		ExecutorService threads = Executors.newFixedThreadPool(8);
		for (int i = 0; i < 500; i++) {
			String id = "x" + i;
			this.store.put(id, this.ticket, TTL);
			for (int j = 0; j < 4; j++) {
				threads.execute(() -> this.store.take(id).ifPresent((found) -> taken.incrementAndGet()));
			}
		}
		threads.shutdown();
		assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(taken).hasValue(500);
	}

}
