package io.github.sseredis.sample.order;

import java.util.List;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventId;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;

class OrderControllerTests {

	private final Broadcaster broadcaster = mock();

	private final OrderRepository repository = mock();

	@Test
	void takesLastEventIdBeforeItQueriesTheList() {
		given(this.broadcaster.lastEventId()).willReturn(EventId.parse("17-x"));
		given(this.repository.findTop50ByMartIdOrderByIdDesc(7)).willReturn(List.of());
		OrderService service = new OrderService(this.repository, (event) -> {
		});
		OrderList list = new OrderController(service, this.broadcaster).list(7);
		assertThat(list.lastEventId()).isEqualTo("17-x");
		InOrder order = inOrder(this.broadcaster, this.repository);
		order.verify(this.broadcaster).lastEventId();
		order.verify(this.repository).findTop50ByMartIdOrderByIdDesc(7);
	}

}
