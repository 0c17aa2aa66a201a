package io.github.sseredis.benchmarks.scenario;

import java.time.Duration;

import io.github.sseredis.benchmarks.client.LoadClient;
import io.github.sseredis.benchmarks.report.Row;
import io.github.sseredis.benchmarks.subject.Deployment;

/**
 * The processor time that each process has used, to say by how much of one processor it
 * was busy between two moments.
 */
record Processors(long at, Duration server, Duration client, Duration redis, Duration publisher) {

	static Processors now(Deployment deployment, LoadClient client) {
		return new Processors(System.nanoTime(), deployment.serverCpuTime(), client.cpuTime(),
				deployment.redis().cpuTime(), deployment.publisherCpuTime());
	}

	Row addTo(Row row, Processors before) {
		long nanos = this.at - before.at;
		return row.with(Step.SERVER_CPU, percent(this.server.minus(before.server), nanos))
			.with("client CPU %", percent(this.client.minus(before.client), nanos))
			.with("Redis CPU %", percent(this.redis.minus(before.redis), nanos))
			.with("publisher CPU %", percent(this.publisher.minus(before.publisher), nanos));
	}

	double serverPercent(Processors before) {
		return percent(this.server.minus(before.server), this.at - before.at);
	}

	private static double percent(Duration used, long nanos) {
		return used.toNanos() * 100.0 / nanos;
	}

}
