package io.github.sseredis.benchmarks.inner;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.sseredis.EncodedEvent;
import io.github.sseredis.EventEncoder;
import io.github.sseredis.SseEvent;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

/**
 * From an event to the bytes that clients receive; once an event, whoever receives it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodeBenchmark {

	private final JsonMapper mapper = JsonMapper.shared();

	private final EventEncoder text = new EventEncoder(String::valueOf, 256 * 1024);

	private final EventEncoder json = new EventEncoder(this.mapper::writeValueAsString, 256 * 1024);

	private final SseEvent ofText = SseEvent.of("order", "x".repeat(120));

	private final SseEvent ofObject = SseEvent.of("order",
			Map.of("id", 4711, "customer", "somebody", "status", "shipped", "lines", 3));

	@Benchmark
	public EncodedEvent text() {
		return this.text.encode("user:42", this.ofText);
	}

	@Benchmark
	public EncodedEvent json() {
		return this.json.encode("user:42", this.ofObject);
	}

}
