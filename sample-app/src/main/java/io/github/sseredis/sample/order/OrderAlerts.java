package io.github.sseredis.sample.order;

import io.github.sseredis.SsePush;

import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Rings at the mart: the service that stores the order knows nothing of streams. */
@Component
class OrderAlerts {

	@TransactionalEventListener
	@SsePush(topic = "'mart:' + #event.martId + ':orders'", event = "order")
	OrderView onOrderPlaced(OrderPlaced event) {
		return event.order();
	}

}
