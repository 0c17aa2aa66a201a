package io.github.sseredis.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.test.SseClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The sample as it is without a profile, on H2. */
class SampleAppIT extends StoriesContract {

	SampleAppIT() {
		super(SampleCluster.shared());
	}

	@Test
	void instanceStopsInTimeWithOpenStreams() {
		SampleInstance stopping = SampleCluster.shared().startThird();
		List<SseClient> clients = new ArrayList<>();
		try {
			for (int i = 0; i < 10; i++) {
				clients.add(stopping.stream("customer-1"));
			}
			assertThat(stopping.context().getBean(EmitterRegistry.class).connectionCount()).isEqualTo(10);
			long begin = System.nanoTime();
			stopping.close();
			// Waiting for the streams would take half a minute.
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
			assertThat(clients).allSatisfy((client) -> assertThat(client).ends());
		}
		finally {
			clients.forEach(SseClient::close);
			stopping.close();
		}
	}

}
