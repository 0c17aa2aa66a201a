package io.github.sseredis.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InboxTests {

	private final Inbox inbox = new Inbox(1000);

	@Test
	void givesMessagesInOrder() throws Exception {
		byte[] first = { 1 };
		byte[] second = { 2 };
		this.inbox.add(first);
		this.inbox.add(second);
		assertThat(this.inbox.take(0)).containsExactly(first, second);
		assertThat(this.inbox.take(0)).isEmpty();
	}

	@Test
	void dropsAndCountsWhatDoesNotFitAndTakesMoreWhenThereIsRoom() throws Exception {
		for (int i = 0; i < 10; i++) {
			this.inbox.add(new byte[200]);
		}
		assertThat(this.inbox.dropped()).isEqualTo(7);
		assertThat(this.inbox.take(0)).hasSize(3);
		for (int i = 0; i < 3; i++) {
			this.inbox.add(new byte[200]);
		}
		assertThat(this.inbox.dropped()).isEqualTo(7);
		assertThat(this.inbox.take(0)).hasSize(3);
	}

	@Test
	void boundsTheNumberOfSmallMessages() {
		for (int i = 0; i < 1000; i++) {
			this.inbox.add(new byte[1]);
		}
		assertThat(this.inbox.dropped()).isGreaterThan(900);
	}

	@Test
	void wakesUpWhoTakesWhenItIsToCompare() throws Exception {
		CompletableFuture<Integer> taken = CompletableFuture.supplyAsync(() -> {
			try {
				return this.inbox.take(Duration.ofMinutes(1).toNanos()).size();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		this.inbox.compare();
		assertThat(taken).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(0);
		assertThat(this.inbox.clearCompareDue()).isTrue();
		assertThat(this.inbox.clearCompareDue()).isFalse();
	}

}
