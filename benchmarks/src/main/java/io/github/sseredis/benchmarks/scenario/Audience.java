package io.github.sseredis.benchmarks.scenario;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.github.sseredis.benchmarks.client.StreamTarget;
import io.github.sseredis.benchmarks.subject.Deployment;

/**
 * Who is connected.
 *
 * @param connections how many
 * @param topics how many topics there are, among which the events take turns
 * @param topicsOf the topics of a connection
 */
record Audience(int connections, int topics, IntFunction<List<Integer>> topicsOf) {

	/** Everybody on one topic. */
	static Audience ofOneTopic(int connections) {
		return new Audience(connections, 1, (connection) -> List.of(0));
	}

	/** Everybody on a topic of their own. */
	static Audience ofOwnTopics(int connections) {
		return new Audience(connections, connections, (connection) -> List.of(connection));
	}

	/** Everybody on the same topics. */
	static Audience ofTopics(int connections, int topics) {
		List<Integer> all = IntStream.range(0, topics).boxed().toList();
		return new Audience(connections, topics, (connection) -> all);
	}

	List<StreamTarget> streams(Deployment deployment) {
		return IntStream.range(0, this.connections)
			.mapToObj((connection) -> deployment.stream(this.topicsOf.apply(connection)))
			.toList();
	}

	/** How many deliveries all that has been published makes, to all from a number on. */
	long deliveries(Deployment deployment, int firstConnection) {
		long deliveries = 0;
		for (int connection = firstConnection; connection < this.connections; connection++) {
			for (int topic : this.topicsOf.apply(connection)) {
				deliveries += deployment.publishedTo(topic, this.topics);
			}
		}
		return deliveries;
	}

}
