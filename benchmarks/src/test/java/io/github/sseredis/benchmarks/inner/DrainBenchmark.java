package io.github.sseredis.benchmarks.inner;

import java.util.concurrent.TimeUnit;

import io.github.sseredis.Broadcaster;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An event to a thousand connections whose responses take bytes and do nothing, each
 * event waited for, so that nothing coalesces: per delivery, what all threads together
 * take and allocate between the append and the container.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class DrainBenchmark {

	private static final int CONNECTIONS = 1000;

	private MockHost host;

	private Broadcaster broadcaster;

	private long expected;

	@Setup(Level.Trial)
	public void open() throws Exception {
		this.host = MockHost.start();
		this.broadcaster = this.host.broadcaster();
		for (int i = 0; i < CONNECTIONS; i++) {
			this.host.openStream();
		}
		this.expected = CONNECTIONS;
		await();
	}

	@Benchmark
	@OperationsPerInvocation(CONNECTIONS)
	public void deliver() {
		this.broadcaster.broadcast("t", "a hundred and twenty bytes");
		this.expected += CONNECTIONS;
		await();
	}

	@TearDown(Level.Trial)
	public void close() {
		this.host.close();
	}

	private void await() {
		while (this.host.written() < this.expected) {
			Thread.onSpinWait();
		}
	}

}
