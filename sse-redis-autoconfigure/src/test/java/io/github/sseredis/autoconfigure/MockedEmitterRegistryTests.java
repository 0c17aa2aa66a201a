package io.github.sseredis.autoconfigure;

import java.util.List;

import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.TicketStore;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;

/** A test of a host that replaces what serves streams by mocks. */
@SpringBootTest(classes = MockedBroadcasterTests.Host.class, properties = "spring.data.redis.port=1")
class MockedEmitterRegistryTests {

	@MockitoBean
	private EmitterRegistry emitterRegistry;

	@MockitoBean
	private TicketStore ticketStore;

	@Autowired
	private List<MeterBinder> meters;

	@Test
	void applicationStartsWithTheMocksAndMeasuresWhatIsLeft() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		this.meters.forEach((meter) -> meter.bindTo(registry));
		assertThat(registry.find("sse.publish.pending").gauge()).isNotNull();
		assertThat(registry.find("sse.connections").gauge()).isNull();
		assertThat(registry.find("sse.tickets.corrupt").functionCounter()).isNull();
	}

}
