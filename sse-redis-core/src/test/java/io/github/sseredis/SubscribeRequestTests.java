package io.github.sseredis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class SubscribeRequestTests {

	@Test
	void leavesEverythingButTopicsToTheCurrentRequest() {
		SubscribeRequest request = SubscribeRequest.of("b", "a", "b");
		assertThat(request.topics()).containsExactly("b", "a");
		assertThat(request.lastEventId()).isNull();
		assertThat(request.principal()).isNull();
		assertThat(request.timeout()).isNull();
		assertThat(request.initial().get()).isEmpty();
	}

	@Test
	void hasWhatItWasMadeOf() {
		SseEvent event = SseEvent.of("snapshot");
		SubscribeRequest request = SubscribeRequest.builder()
			.topics(List.of("a"))
			.topics("b")
			.lastEventId("garbage \n")
			.principal("ann")
			.timeout(Duration.ZERO)
			.initial(() -> List.of(event))
			.build();
		assertThat(request.topics()).containsExactly("a", "b");
		assertThat(request.lastEventId()).isEqualTo("garbage \n");
		assertThat(request.principal()).isEqualTo("ann");
		assertThat(request.timeout()).isZero();
		assertThat(List.copyOf(request.initial().get())).isEqualTo(List.of(event));
	}

	@Test
	void takesAnEventIdInItsWireForm() {
		EventId id = EventId.parse("AAAAAAA1");
		assertThat(SubscribeRequest.builder().lastEventId(id).build().lastEventId()).isEqualTo("AAAAAAA1");
	}

	@Test
	void staysAsItIsWhenItsBuilderGoesOn() {
		List<String> topics = new ArrayList<>(List.of("a"));
		SubscribeRequest.Builder builder = SubscribeRequest.builder().topics(topics);
		SubscribeRequest request = builder.build();
		builder.topics("b");
		topics.add("c");
		Set<String> exposed = request.topics();
		assertThat(exposed).containsExactly("a").isUnmodifiable();
	}

	@Test
	void isNotMadeWhenTheTimeoutIsNegative() {
		assertThatIllegalArgumentException().isThrownBy(() -> SubscribeRequest.builder().timeout(Duration.ofNanos(-1)))
			.withMessageContaining("negative");
		assertThat(SubscribeRequest.builder().timeout(null).build().timeout()).isNull();
	}

	@Test
	void isNotMadeWhenTheInitialSupplierIsNull() {
		assertThatNullPointerException().isThrownBy(() -> SubscribeRequest.builder().initial(null));
	}

}
