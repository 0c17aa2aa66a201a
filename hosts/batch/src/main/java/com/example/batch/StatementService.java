package com.example.batch;

import io.github.sseredis.SsePush;

import org.springframework.stereotype.Service;

/** Writes statements. */
@Service
class StatementService {

	@SsePush(topic = "'user:' + #customer", event = "statement")
	public Statement write(String customer, int number) {
		return new Statement(customer, number);
	}

	record Statement(String customer, int number) {

	}

}
