package io.github.sseredis.benchmarks.inner;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.sseredis.EventFrame;
import io.github.sseredis.log.EventLog;
import io.github.sseredis.log.FrameBatch;
import io.github.sseredis.log.Lineage;
import io.github.sseredis.log.LogReader;
import io.github.sseredis.log.PartitionLog;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * To append an event, raise the end and signal who reads the topic, where a signal does
 * nothing; and to read it as one of them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AppendBenchmark {

	@Param({ "1", "1000" })
	public int readers;

	private final PartitionLog log = new EventLog(1, 32 * 1024 * 1024).partitions().get(0);

	private final byte[] fields = EventFrame.encode("order", "x".repeat(120));

	private final FrameBatch batch = new FrameBatch();

	private LogReader reader;

	private long sequence;

	private long signals;

	@Setup
	public void open() {
		this.log.start(new Lineage("0123456789", List.of()), 0);
		this.log.publish(0);
		for (int i = 0; i < this.readers; i++) {
			this.reader = LogReader.open(this.log, List.of("t"), () -> this.signals++);
		}
	}

	@Benchmark
	public void append() {
		this.log.append(++this.sequence, "t", this.fields);
		this.log.publish(this.sequence);
	}

	@Benchmark
	public int appendAndReadOnce() {
		append();
		this.reader.read(this.batch);
		int size = this.batch.size();
		this.batch.clear();
		return size;
	}

}
