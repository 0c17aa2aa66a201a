package io.github.sseredis.web;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AdmissionTests {

	@Test
	void admitsAnyNumberWhenNothingIsLimited() {
		Admission admission = new Admission(new ConnectionLimits(0, 0, 0, 0));
		for (int i = 0; i < 100; i++) {
			assertThat(admission.admit(1000, "jin", "10.0.0.1")).isNull();
		}
		assertThat(admission.count()).isEqualTo(100);
	}

	@Test
	void namesTheLimitThatDoesNotAdmit() {
		Admission admission = new Admission(new ConnectionLimits(3, 2, 2, 4));
		assertThat(admission.admit(5, "jin", "a")).isEqualTo("topics-per-connection");
		assertThat(admission.admit(1, "jin", "a")).isNull();
		assertThat(admission.admit(1, "jin", "b")).isNull();
		assertThat(admission.admit(1, "jin", "c")).isEqualTo("per-principal");
		assertThat(admission.admit(1, "sue", "a")).isNull();
		assertThat(admission.admit(1, "ann", "d")).isEqualTo("connections");
		admission.release("jin", "b");
		assertThat(admission.admit(1, "ann", "a")).isEqualTo("per-address");
		assertThat(admission.count()).isEqualTo(2);
	}

	@Test
	void givesBackEverythingThatARefusalHadCounted() {
		Admission admission = new Admission(new ConnectionLimits(0, 1, 1, 0));
		assertThat(admission.admit(1, "jin", "a")).isNull();
		assertThat(admission.admit(1, "sue", "a")).isEqualTo("per-address");
		assertThat(admission.admit(1, "sue", "b")).isNull();
		admission.release("jin", "a");
		admission.release("sue", "b");
		assertThat(admission.count()).isZero();
		assertThat(admission.admit(1, "jin", "b")).isNull();
	}

	@Test
	void doesNotCountAnonymousClientsOfOneAnother() {
		Admission admission = new Admission(new ConnectionLimits(0, 1, 0, 0));
		assertThat(admission.admit(1, null, "a")).isNull();
		assertThat(admission.admit(1, null, "a")).isNull();
	}

	@Test
	void admitsExactlyTheLimitWhenManyRace() throws Exception {
		Admission admission = new Admission(new ConnectionLimits(50, 30, 0, 0));
		AtomicInteger admitted = new AtomicInteger();
		ExecutorService threads = Executors.newFixedThreadPool(8);
		for (int i = 0; i < 2000; i++) {
			threads.execute(() -> {
				if (admission.admit(1, "jin", "a") == null) {
					admitted.incrementAndGet();
				}
			});
		}
		threads.shutdown();
		assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(admitted).hasValue(30);
		assertThat(admission.count()).isEqualTo(30);
	}

}
