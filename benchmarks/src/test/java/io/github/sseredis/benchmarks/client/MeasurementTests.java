package io.github.sseredis.benchmarks.client;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MeasurementTests {

	@Test
	void countsWhatDidNotArriveAsLatest() {
		Measurement measurement = measurementOfMillis(1, 2, 3, 4, 5);
		assertThat(measurement.latencyMillis(50, 5)).hasValue(3);
		assertThat(measurement.latencyMillis(50, 10)).hasValue(5);
		assertThat(measurement.latencyMillis(60, 10)).isEmpty();
	}

	@Test
	void hasNoLatencyWhenNothingArrived() {
		assertThat(measurementOfMillis().latencyMillis(50, 10)).isEmpty();
	}

	private static Measurement measurementOfMillis(int... values) {
		Histogram latency = new Histogram(3_600_000, 5);
		for (int value : values) {
			latency.recordValue(value * 1000L);
		}
		return new Measurement(values.length, 0, 0, 0, 0, 0, 0, latency, latency);
	}

}
