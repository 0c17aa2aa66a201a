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

	private String item;

	private int quantity;

	private Instant placedAt;

	@SuppressWarnings("NullAway.Init") // filled by JPA
	protected MartOrder() {
	}

	MartOrder(long martId, String item, int quantity, Instant placedAt) {
		this.martId = martId;
		this.item = item;
		this.quantity = quantity;
		this.placedAt = placedAt;
	}

	OrderView view() {
		return new OrderView(this.id, this.martId, this.item, this.quantity, this.placedAt);
	}

}
