package io.github.sseredis.web;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PooledDrainersTests {

	@Test
	void runsDrainsBesideAnyNumberThatAreStuckUpToTheLimit() throws Exception {
		CountDownLatch free = new CountDownLatch(1);
		AtomicInteger stuck = new AtomicInteger();
		CountDownLatch ran = new CountDownLatch(1);
		try (PooledDrainers drainers = new PooledDrainers()) {
			for (int i = 0; i < 400; i++) {
				drainers.execute(() -> stick(stuck, free));
			}
			drainers.execute(ran::countDown);
			await().until(() -> {
				assertThat(drainers.compensate(stuck.get())).isZero();
				return stuck.get() == 400;
			});
			assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
			assertThat(drainers.isBusy()).isFalse();
			free.countDown();
		}
	}

	@Test
	void asksToFreeSomeWhenDrainsWaitAtTheLimit() {
		CountDownLatch free = new CountDownLatch(1);
		AtomicInteger stuck = new AtomicInteger();
		try (PooledDrainers drainers = new PooledDrainers()) {
			for (int i = 0; i < PooledDrainers.MAX_THREADS + 100; i++) {
				drainers.execute(() -> stick(stuck, free));
			}
			await().until(() -> {
				drainers.compensate(stuck.get());
				return stuck.get() == PooledDrainers.MAX_THREADS;
			});
			assertThat(drainers.isBusy()).isTrue();
			await().until(() -> drainers.compensate(stuck.get()) > 0);
			free.countDown();
		}
	}

	@Test
	void drainThatOpensAStreamTakesTurnsWithThoseThatAreDue() {
		CountDownLatch free = new CountDownLatch(1);
		AtomicInteger stuck = new AtomicInteger();
		Queue<String> ran = new ConcurrentLinkedQueue<>();
		try (PooledDrainers drainers = new PooledDrainers()) {
			for (int i = 0; i < PooledDrainers.BASE_THREADS; i++) {
				drainers.execute(() -> stick(stuck, free));
			}
			await().until(() -> stuck.get() == PooledDrainers.BASE_THREADS);
			for (int i = 0; i < 1000; i++) {
				drainers.execute(() -> ran.add("live"));
			}
			drainers.executeOpening(() -> ran.add("opening"));
			free.countDown();
			await().until(() -> ran.size() == 1001);
		}
		assertThat(List.copyOf(ran).indexOf("opening")).isLessThan(500);
	}

	private static void stick(AtomicInteger stuck, CountDownLatch free) {
		stuck.incrementAndGet();
		try {
			free.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
