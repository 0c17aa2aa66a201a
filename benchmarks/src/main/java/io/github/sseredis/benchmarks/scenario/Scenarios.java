package io.github.sseredis.benchmarks.scenario;

import java.util.List;

import io.github.sseredis.benchmarks.subject.Subject;

import static io.github.sseredis.benchmarks.subject.Subject.HAND_WRITTEN;
import static io.github.sseredis.benchmarks.subject.Subject.NCHAN;
import static io.github.sseredis.benchmarks.subject.Subject.SSE_EVENTBUS;
import static io.github.sseredis.benchmarks.subject.Subject.SSE_REDIS_JETTY;
import static io.github.sseredis.benchmarks.subject.Subject.SSE_REDIS_TOMCAT;
import static io.github.sseredis.benchmarks.subject.Subject.SSE_REDIS_TOMCAT_SMALL;

/** All scenarios, with their numbers. */
public final class Scenarios {

	private static final List<Subject> OURS = List.of(SSE_REDIS_TOMCAT, SSE_REDIS_JETTY);

	private static final List<Subject> TOMCAT = List.of(SSE_REDIS_TOMCAT);

	private static final List<Subject> SPRING = List.of(SSE_REDIS_TOMCAT, SSE_REDIS_JETTY, HAND_WRITTEN);

	private static final List<Subject> MEMORY = List.of(SSE_REDIS_TOMCAT, SSE_REDIS_TOMCAT_SMALL, SSE_REDIS_JETTY,
			HAND_WRITTEN, SSE_EVENTBUS, NCHAN);

	private static final List<Subject> ALL = List.of(SSE_REDIS_TOMCAT, SSE_REDIS_JETTY, HAND_WRITTEN, SSE_EVENTBUS,
			NCHAN);

	private static final List<Integer> THOUSAND = List.of(25, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000,
			2500, 3000, 4000, 5000, 6000, 8000, 10_000, 13_000, 16_000, 20_000);

	private static final List<String> COLLECTORS = List.of("-XX:+UseG1GC", "-XX:+UseParallelGC", "-XX:+UseSerialGC",
			"-XX:+UseZGC");

	private static final List<Integer> TEN_THOUSAND = List.of(2, 4, 6, 8, 10, 15, 20, 30, 50, 75, 100, 150, 200);

	private static final List<Integer> PER_USER = List.of(250, 500, 1000, 2000, 3000, 5000, 7500, 10_000, 15_000,
			20_000, 30_000, 40_000);

	private Scenarios() {
	}

	/** Those that docs/performance.md shows. */
	public static List<Scenario> all() {
		return List.of(new RateLadder("fan-out-1000", Audience.ofOneTopic(1000), 6, THOUSAND, ALL),
				new RateLadder("fan-out-10000", Audience.ofOneTopic(10_000), 6, TEN_THOUSAND, ALL),
				new RateLadder("per-user", Audience.ofOwnTopics(5000), 6, PER_USER, ALL),
				new RateLadder("mixed", Audience.ofTopics(1000, 3), 6, THOUSAND, SPRING),
				new StalledReaders("stalled-readers", 300, 3, 150, 20, ALL), new Idle("idle", 10_000, 60, MEMORY),
				new ReconnectStorm("reconnect-storm", List.of(500, 5000), 50, 30, OURS),
				new PublishThroughput("publish", 200_000, List.of(SSE_REDIS_TOMCAT, HAND_WRITTEN)),
				new StartUp("start-up", 10),
				new Collectors("collectors", Audience.ofOneTopic(1000), 10, List.of(500, 1500), COLLECTORS,
						SSE_REDIS_TOMCAT),
				new UnitCosts("unit-costs", List.of(10, 100, 1000), 1_000_000, 2000, 10, SSE_REDIS_TOMCAT));
	}

	/** What takes two minutes and finds what is broken, not what is slow. */
	public static List<Scenario> quick() {
		return List.of(new RateLadder("quick-fan-out", Audience.ofOneTopic(500), 2, List.of(50, 200), OURS),
				new RateLadder("quick-mixed", Audience.ofTopics(200, 3), 2, List.of(300), TOMCAT),
				new StalledReaders("quick-stalled-readers", 100, 2, 300, 6, OURS),
				new ReconnectStorm("quick-reconnect-storm", List.of(300), 50, 6, OURS),
				new PublishThroughput("quick-publish", 20_000, TOMCAT));
	}

}
