package io.github.sseredis.web;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AdmissionTests {

	@Test
	void admitsAnyNumberWhenNothingIsLimited() {
		Admission admission = new Admission(new ConnectionLimits(0, 0, 0, 0));
		for (int i = 0; i < 100; i++) {
			assertThat(admit(admission, 1000, "jin", "10.0.0.1")).isNull();
		}
		assertThat(admission.count()).isEqualTo(100);
	}

	@Test
	void namesTheLimitThatDoesNotAdmit() {
		Admission admission = new Admission(new ConnectionLimits(3, 2, 2, 4));
		assertThat(admit(admission, 5, "jin", "a")).isEqualTo(Limit.TOPICS_PER_CONNECTION);
		assertThat(admit(admission, 4, "jin", "a")).isNull();
		assertThat(admit(admission, 1, "jin", "b")).isNull();
		assertThat(admit(admission, 1, "jin", "c")).isEqualTo(Limit.PER_PRINCIPAL);
		assertThat(admit(admission, 1, "sue", "a")).isNull();
		assertThat(admit(admission, 1, "ann", "d")).isEqualTo(Limit.CONNECTIONS);
		admission.release(new ConnectionOwner("jin", "b"));
		assertThat(admit(admission, 1, "ann", "a")).isEqualTo(Limit.PER_ADDRESS);
		assertThat(admission.count()).isEqualTo(2);
	}

	@Test
	void givesBackEverythingThatARefusalHadCounted() {
		Admission admission = new Admission(new ConnectionLimits(0, 1, 1, 0));
		assertThat(admit(admission, 1, "jin", "a")).isNull();
		assertThat(admit(admission, 1, "sue", "a")).isEqualTo(Limit.PER_ADDRESS);
		assertThat(admit(admission, 1, "sue", "b")).isNull();
		admission.release(new ConnectionOwner("jin", "a"));
		admission.release(new ConnectionOwner("sue", "b"));
		assertThat(admission.count()).isZero();
		assertThat(admit(admission, 1, "jin", "b")).isNull();
	}

	@Test
	void doesNotCountAnonymousClientsOfOneAnother() {
		Admission admission = new Admission(new ConnectionLimits(0, 1, 0, 0));
		assertThat(admit(admission, 1, null, "a")).isNull();
		assertThat(admit(admission, 1, null, "a")).isNull();
	}

	@Test
	void admitsExactlyTheLimitWhenManyRace() throws Exception {
		Admission admission = new Admission(new ConnectionLimits(50, 30, 0, 0));
		AtomicInteger admitted = new AtomicInteger();
		ExecutorService threads = Executors.newFixedThreadPool(8);
		for (int i = 0; i < 2000; i++) {
			threads.execute(() -> {
				if (admit(admission, 1, "jin", "a") == null) {
					admitted.incrementAndGet();
				}
			});
		}
		threads.shutdown();
		assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(admitted).hasValue(30);
		assertThat(admission.count()).isEqualTo(30);
	}

	@Test
	void countsWhatEachLimitRefused() {
		Admission admission = new Admission(new ConnectionLimits(2, 1, 0, 4));
		admit(admission, 5, "jin", "a");
		admit(admission, 1, "jin", "a");
		admit(admission, 1, "jin", "a");
		admit(admission, 1, "jin", "a");
		admit(admission, 1, "sue", "a");
		admit(admission, 1, "ann", "a");
		admission.refused(Limit.LAST_EVENT_ID);
		assertThat(Limit.values()).extracting(admission::refusalCount).containsExactly(1L, 2L, 0L, 1L, 1L);
	}

	@Test
	void admitsForAPrincipalAsManyAgainAndNoMoreWhenOlderOnesEnd() {
		Admission admission = new Admission(new ConnectionLimits(0, 2, 0, 0, PrincipalPolicy.END_OLDEST));
		admit(admission, 1, "jin", "a");
		admit(admission, 1, "jin", "a");
		assertThat(admission.exceedsPerPrincipal("jin")).isFalse();
		assertThat(admit(admission, 1, "jin", "a")).isNull();
		assertThat(admission.exceedsPerPrincipal("jin")).isTrue();
		assertThat(admission.exceedsPerPrincipal("sue")).isFalse();
		assertThat(admit(admission, 1, "jin", "a")).isNull();
		assertThat(admit(admission, 1, "jin", "a")).isEqualTo(Limit.PER_PRINCIPAL);
		admission.release(new ConnectionOwner("jin", "a"));
		assertThat(admit(admission, 1, "jin", "a")).isNull();
	}

	private static @Nullable Limit admit(Admission admission, int topics, @Nullable String principal, String address) {
		return admission.admit(topics, new ConnectionOwner(principal, address));
	}

}
