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

	private final OrderService orders = mock();

	@Test
	void takesLastEventIdBeforeItQueriesTheList() {
		given(this.broadcaster.lastEventId()).willReturn(EventId.parse("17-x"));
		given(this.orders.newest(7, "mart-7")).willReturn(List.of());
		OrderList list = new OrderController(this.orders, this.broadcaster).list(7, () -> "mart-7");
		assertThat(list.lastEventId()).isEqualTo("17-x");
		InOrder order = inOrder(this.broadcaster, this.orders);
		order.verify(this.broadcaster).lastEventId();
		order.verify(this.orders).newest(7, "mart-7");
	}

}
