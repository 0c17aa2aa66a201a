package com.example.batch;

import io.github.sseredis.Broadcaster;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ApplicationArguments;
import org.springframework.stereotype.Component;

/** Writes statements, tells the customers, and waits for nothing. */
@Component
class Statements implements ApplicationRunner {

	private static final int COUNT = 500;

	private final Broadcaster broadcaster;

	private final StatementService service;

	Statements(Broadcaster broadcaster, StatementService service) {
		this.broadcaster = broadcaster;
		this.service = service;
	}

	@Override
	public void run(ApplicationArguments args) {
		for (int i = 1; i <= COUNT; i++) {
			this.service.write("kim", i);
		}
		this.broadcaster.broadcast("announcements", COUNT + " statements");
	}

}
