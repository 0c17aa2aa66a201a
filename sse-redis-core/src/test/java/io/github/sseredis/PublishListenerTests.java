package io.github.sseredis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for what a {@link PublishListener} is told. */
class PublishListenerTests {

	private final RecordingBroadcaster broadcaster = new RecordingBroadcaster();

	private final List<String> told = new ArrayList<>();

	private final TransactionTemplate transaction = new TransactionTemplate(new TestTransactionManager());

	PublishListenerTests() {
		this.broadcaster.setPublishListener(new PublishListener() {

			@Override
			public void waiting(Publication publication) {
				tell("waiting", publication);
			}

			@Override
			public void published(Publication publication) {
				tell("published", publication);
			}

			@Override
			public void rolledBack(Publication publication) {
				tell("rolled back", publication);
			}

		});
	}

	@Test
	void seesWhatIsPublishedAtOnceAndWhatAfterTheCommit() {
		this.transaction.executeWithoutResult((status) -> {
			this.broadcaster.broadcastAfterCommit("a", 1);
			this.broadcaster.broadcast("b", 2);
		});
		assertThat(this.told).containsExactly("waiting AFTER_COMMIT a 1", "published NOW b 2",
				"published AFTER_COMMIT a 1");
	}

	@Test
	void seesWhatIsRolledBackOrCancelled() {
		this.transaction.executeWithoutResult((status) -> {
			this.broadcaster.broadcastAfterCommit("a", 1);
			status.setRollbackOnly();
		});
		this.transaction.executeWithoutResult((status) -> {
			CompletableFuture<EventId> future = this.broadcaster.broadcastAfterCommit("b", 2);
			future.cancel(false);
		});
		assertThat(this.told).containsExactly("waiting AFTER_COMMIT a 1", "rolled back AFTER_COMMIT a 1",
				"waiting AFTER_COMMIT b 2", "rolled back AFTER_COMMIT b 2");
		assertThat(this.broadcaster.sent()).isEmpty();
	}

	@Test
	void seesNothingOfWhatCannotBeSentAndOfOrders() {
		this.broadcaster.broadcast("$a", 1);
		this.broadcaster.disconnect("kim");
		assertThat(this.told).isEmpty();
	}

	private void tell(String what, Publication publication) {
		this.told.add(what + " " + publication.phase() + " " + publication.topic() + " " + publication.event().data());
	}

}
