package io.github.sseredis.benchmarks.scenario;

import java.time.Duration;

import io.github.sseredis.benchmarks.client.LoadClient;
import io.github.sseredis.benchmarks.client.Measurement;
import io.github.sseredis.benchmarks.report.Row;
import io.github.sseredis.benchmarks.subject.ControlledProcess.Published;
import io.github.sseredis.benchmarks.subject.Deployment;

/**
 * Some seconds at one rate, and the wait for what is still under way.
 *
 * @param rate events a second
 * @param seconds how long
 * @param size of the data, in bytes
 */
record Step(int rate, int seconds, int size) {

	/** How long nothing may arrive before the rest is taken for lost. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	static final String RATE = "events/s";

	static final String DELIVERIES = "deliveries/s";

	static final String P50 = "p50 ms";

	static final String P99 = "p99 ms";

	static final String MAX = "max ms";

	static final String EXPECTED = "expected";

	static final String RECEIVED = "received";

	static final String LATE = "late or twice";

	static final String SERVER_CPU = "server CPU %";

	/**
	 * Publishes and measures.
	 * @param from the first connection that reads
	 */
	Outcome run(Deployment deployment, LoadClient client, Audience audience, int from) {
		long repeatedBefore = client.measure().repeated();
		long before = audience.deliveries(deployment, from);
		client.begin();
		Processors start = Processors.now(deployment, client);
		Published published = deployment
			.publish(audience.topics(), (long) this.rate * this.seconds, this.rate, this.size, false)
			.join();
		long expected = audience.deliveries(deployment, from) - before;
		client.awaitEvents(expected, PATIENCE);
		Processors end = Processors.now(deployment, client);
		Measurement measured = client.measure();
		Row row = Row.of(deployment.subject().title())
			.with(RATE, this.rate)
			.with(DELIVERIES, measured.events() * 1e9 / (end.at() - start.at()))
			.with(P50, measured.latencyMillis(50))
			.with(P99, measured.latencyMillis(99))
			.with("p99.9 ms", measured.latencyMillis(99.9))
			.with(MAX, measured.latencyMillis(100))
			.with(EXPECTED, expected)
			.with(RECEIVED, measured.events())
			.with(LATE, measured.repeated() - repeatedBefore)
			.with("not published", published.failed());
		return new Outcome(end.addTo(row, start), measured, expected, published);
	}

	/**
	 * What a step showed.
	 *
	 * @param expected how many events the connections were to receive
	 */
	record Outcome(Row row, Measurement measured, long expected, Published published) {

		/** Whether the server keeps up with the rate. */
		boolean keepsUp(int rate) {
			return this.measured.events() >= this.expected && this.measured.latencyMillis(99) <= 1000
					&& this.published.rate() > 0.9 * rate;
		}

	}

}
