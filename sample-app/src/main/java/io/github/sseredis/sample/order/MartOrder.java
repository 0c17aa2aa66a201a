package io.github.sseredis.sample.order;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;

@Entity
class MartOrder {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private long id;

	private long martId;

	private String customer;

	private String item;

	private int quantity;

	private Instant placedAt;

	@SuppressWarnings("NullAway.Init") // filled by JPA
	protected MartOrder() {
	}

	MartOrder(NewOrder order, String customer, Instant placedAt) {
		this.martId = order.martId();
		this.customer = customer;
		this.item = order.item();
		this.quantity = order.quantity();
		this.placedAt = placedAt;
	}

	OrderView view() {
		return new OrderView(this.id, this.martId, this.customer, this.item, this.quantity, this.placedAt);
	}

}
