package io.github.sseredis.sample.order;

import java.time.Clock;
import java.util.List;

import io.github.sseredis.sample.mart.MartService;
import io.github.sseredis.sample.web.NotFoundException;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class OrderService {

	private final OrderRepository orders;

	private final MartService marts;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	OrderService(OrderRepository orders, MartService marts, ApplicationEventPublisher events, Clock clock) {
		this.orders = orders;
		this.marts = marts;
		this.events = events;
		this.clock = clock;
	}

	@Transactional
	public OrderView place(NewOrder request, String customer) {
		OrderView order = this.orders.save(new MartOrder(request, customer, this.clock.instant())).view();
		this.events.publishEvent(new OrderPlaced(order.martId(), order));
		return order;
	}

	/**
	 * Returns the newest orders of a mart.
	 * @throws NotFoundException if it is not the user's
	 */
	@Transactional(readOnly = true)
	public List<OrderView> newest(long martId, String owner) {
		if (!this.marts.isOwnedBy(martId, owner)) {
			throw new NotFoundException("No mart " + martId + " of yours");
		}
		return this.orders.findTop50ByMartIdOrderByIdDesc(martId).stream().map(MartOrder::view).toList();
	}

}
