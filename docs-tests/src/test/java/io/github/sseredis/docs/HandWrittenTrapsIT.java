package io.github.sseredis.docs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.sseredis.test.RawSseClient;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.SseBlock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** That what docs/migrating.md calls traps are traps: what comes before is run too. */
class HandWrittenTrapsIT {

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	private final List<AutoCloseable> open = new ArrayList<>();

	@AfterEach
	void closeAll() throws Exception {
		for (AutoCloseable resource : this.open) {
			resource.close();
		}
	}

	@Test
	void notificationThatTheDatabaseRefusesIsPushedAllTheSame() {
		Host host = host("notifications");
		RawSseClient tab = open(host.stream("/notifications/stream", "ben"));
		tab.awaitEvents(1);
		host.post("/close", "backer=ben&message=funded");
		host.post("/close", "backer=ben&message=funded");
		tab.awaitEvents(3);
		assertThat(tab.data().subList(1, 3)).allMatch((data) -> data.contains("funded"));
		assertThat(tab.events()).extracting(SseBlock::id).containsOnly("ben");
	}

	@Test
	void orderRingsAtAnotherMartAndShutdownWaitsForOpenStreams() {
		Host host = host("alerts", "server.shutdown=graceful", "spring.lifecycle.timeout-per-shutdown-phase=2s");
		RawSseClient other = open(host.stream("/marts/70/stream", "owner"));
		other.awaitEvents(1);
		host.post("/pay", "martId=7&orderId=3");
		other.awaitEvents(2);
		assertThat(other.data()).containsExactly("connected", "3");
		long begin = System.nanoTime();
		host.close();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void missedNotificationIsNotInTheCacheAndAnotherUserReceivesIt() {
		Host host = host("cache");
		RawSseClient other = open(host.stream("/subscribe", "10"));
		other.awaitEvents(1);
		host.post("/send", "userId=1&text=for user 1");
		other.awaitEvents(2);
		assertThat(other.data()).endsWith("for user 1");
		host.post("/send", "userId=2&text=missed");
		RawSseClient late = open(host.stream("/subscribe", "2", "Last-Event-ID", "2_0"));
		late.awaitEvents(1);
		host.post("/send", "userId=2&text=live");
		late.awaitEvents(2);
		assertThat(late.data()).endsWith("live").doesNotContain("missed");
	}

	@Test
	void openStreamsUseUpTheConnectionsToTheDatabase() {
		Host host = host("progress", "spring.datasource.hikari.maximum-pool-size=2",
				"spring.datasource.hikari.connection-timeout=1000");
		for (int i = 0; i < 2; i++) {
			open(host.stream("/encoding/stream", "ann@example.com")).awaitEvents(1);
		}
		assertThat(open(host.stream("/encoding/stream", "ann@example.com")).status()).isEqualTo(500);
	}

	private Host host(String design, String... properties) {
		return open(HandWrittenDesign.host(design, "before")
			.redis(redis)
			.with("sse.enabled=false", "sse.timeout=60000", "sse.reconnect-time=3000", "server.shutdown=immediate")
			.with(properties)
			.start());
	}

	private <T extends AutoCloseable> T open(T resource) {
		this.open.add(0, resource);
		return resource;
	}

}
