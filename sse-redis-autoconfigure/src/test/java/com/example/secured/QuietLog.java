package com.example.secured;

import org.springframework.boot.test.system.CapturedOutput;

import static org.assertj.core.api.Assertions.assertThat;

/** A log in which nothing is wrong. */
final class QuietLog {

	private QuietLog() {
	}

	// Which Java runs the tests is not their subject.
	static void assertQuiet(CapturedOutput output) {
		assertThat(output.toString().lines()).filteredOn((line) -> !line.contains("this is Java "))
			.noneMatch((line) -> line.contains("WARN") || line.contains("ERROR") || line.contains("Exception"));
	}

}
