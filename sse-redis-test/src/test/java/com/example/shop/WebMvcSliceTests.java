package com.example.shop;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.log.LocalBroadcaster;
import io.github.sseredis.test.AutoConfigureSseTest;
import io.github.sseredis.test.PushedEvents;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What slices of hosts have that insist on Redis. */
class WebMvcSliceTests {

	@Nested
	@WebMvcTest(properties = "sse.broadcaster=redis")
	@Import(Orders.class)
	class Plain {

		@Autowired
		private EmitterRegistry emitterRegistry;

		@Autowired
		private Broadcaster broadcaster;

		@Autowired
		private ObjectProvider<PushedEvents> pushed;

		@Test
		void streamsAndPublishesWithinTheTest() {
			assertThat(this.emitterRegistry.connectionCount()).isZero();
			assertThat(this.broadcaster).isInstanceOf(LocalBroadcaster.class);
			assertThat(this.broadcaster.broadcast("a", new Orders.Order("ann", "tea"))).isCompleted();
			assertThat(this.pushed.stream()).isEmpty();
		}

	}

	@Nested
	@WebMvcTest
	@Import(Orders.class)
	@AutoConfigureSseTest
	class WithMock {

		@MockitoBean
		private Broadcaster broadcaster;

		@Autowired
		private PushedEvents pushed;

		@Test
		void saysThatNothingCanBeSeenOfAMock() {
			assertThatIllegalStateException().isThrownBy(() -> assertThat(this.pushed).isEmpty())
				.withMessageContaining("perhaps a mock");
		}

	}

}
