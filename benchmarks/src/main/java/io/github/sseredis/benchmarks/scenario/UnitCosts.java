package io.github.sseredis.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.sseredis.benchmarks.client.LoadClient;
import io.github.sseredis.benchmarks.report.Row;
import io.github.sseredis.benchmarks.subject.Deployment;
import io.github.sseredis.benchmarks.subject.RedisSubscribers;
import io.github.sseredis.benchmarks.subject.Subject;

/**
 * What many instances multiply: the processor time that Redis takes to send one message
 * to one more instance, and that an instance takes for an event that none of its clients
 * wants.
 *
 * @param subscribers how many connections subscribe, in one attempt after the other
 * @param rate events a second of those that nobody wants
 */
record UnitCosts(String name, List<Integer> subscribers, int messages, int rate, int seconds,
		Subject subject) implements Scenario {

	static final String REDIS = "Redis µs a message and instance";

	static final String INSTANCE = "instance µs an unwanted event";

	static final String PUBLISH = "Redis µs an event published with history";

	private static final int SIZE = 300;

	@Override
	public List<Row> run(Run run) {
		List<Row> rows = new ArrayList<>();
		try (Deployment deployment = Deployment.start(run.setup(), this.subject);
				LoadClient client = LoadClient.start()) {
			Audience elsewhere = Audience.ofOneTopic(0);
			new Step(this.rate, this.seconds, SIZE).run(deployment, client, elsewhere, 0);
			Processors before = Processors.now(deployment, client);
			new Step(this.rate, this.seconds, SIZE).run(deployment, client, elsewhere, 0);
			Processors after = Processors.now(deployment, client);
			int events = this.rate * this.seconds;
			rows.add(run.measured(Row.of(this.subject.title())
				.with(INSTANCE, micros(after.server().minus(before.server()), events))
				.with(PUBLISH, micros(after.redis().minus(before.redis()), events))));
			for (int count : this.subscribers) {
				rows.add(run.measured(fanOut(deployment, count)));
			}
		}
		return rows;
	}

	private Row fanOut(Deployment deployment, int count) {
		try (RedisSubscribers subscribers = RedisSubscribers.open(deployment.redis(), count)) {
			int published = this.messages / count;
			Duration before = deployment.redis().cpuTime();
			subscribers.publish(published, SIZE);
			Duration used = deployment.redis().cpuTime().minus(before);
			return Row.of(count + " subscribers").with(REDIS, micros(used, (long) published * count));
		}
	}

	private static double micros(Duration time, long count) {
		return time.toNanos() / 1000.0 / count;
	}

}
