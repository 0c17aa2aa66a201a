package io.github.sseredis.sample.mart;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
@SuppressWarnings("UnusedVariable") // queries read the owner
class Mart {

	@Id
	private long id;

	private String name;

	private String owner;

	@SuppressWarnings("NullAway.Init") // filled by JPA
	protected Mart() {
	}

	MartView view() {
		return new MartView(this.id, this.name);
	}

}
