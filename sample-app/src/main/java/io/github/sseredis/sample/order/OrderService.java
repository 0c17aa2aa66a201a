package io.github.sseredis.sample.order;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class OrderService {

	private final OrderRepository orders;

	private final ApplicationEventPublisher events;

	OrderService(OrderRepository orders, ApplicationEventPublisher events) {
		this.orders = orders;
		this.events = events;
	}

	@Transactional
	public OrderView place(NewOrder request) {
		// As exact as the column, so that the list and the event show the same.
		Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
		OrderView order = this.orders.save(new MartOrder(request.martId(), request.item(), request.quantity(), now))
			.view();
		this.events.publishEvent(new OrderPlaced(order.martId(), order));
		return order;
	}

	@Transactional(readOnly = true)
	public List<OrderView> newest(long martId) {
		return this.orders.findTop50ByMartIdOrderByIdDesc(martId).stream().map(MartOrder::view).toList();
	}

}
