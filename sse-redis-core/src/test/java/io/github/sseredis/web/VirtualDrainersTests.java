package io.github.sseredis.web;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.core.task.VirtualThreadTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@EnabledForJreRange(min = JRE.JAVA_24)
class VirtualDrainersTests {

	private final VirtualDrainers drainers = new VirtualDrainers();

	@Test
	void runsEveryDrainWhenManyThreadsAddThem() throws Exception {
		int adders = 8;
		int each = 20_000;
		CountDownLatch ran = new CountDownLatch(adders * each);
		for (int i = 0; i < adders; i++) {
			new Thread(() -> {
				for (int drain = 0; drain < each; drain++) {
					this.drainers.execute(ran::countDown);
				}
			}).start();
		}
		assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(this.drainers.isBusy()).isFalse();
	}

	@Test
	void runsManyDrainsOnFewThreads() throws Exception {
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		CountDownLatch ran = new CountDownLatch(10_000);
		for (int i = 0; i < 10_000; i++) {
			this.drainers.execute(() -> {
				threads.add(Thread.currentThread());
				ran.countDown();
			});
		}
		assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(threads).hasSizeLessThan(1000);
	}

	@Test
	void runsDrainsBesideAnyNumberThatAreStuck() throws Exception {
		CountDownLatch free = new CountDownLatch(1);
		CountDownLatch stuck = new CountDownLatch(2000);
		for (int i = 0; i < 2000; i++) {
			this.drainers.execute(() -> {
				stuck.countDown();
				stick(free);
			});
		}
		CountDownLatch ran = new CountDownLatch(1);
		this.drainers.execute(ran::countDown);
		assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(stuck.await(60, TimeUnit.SECONDS)).isTrue();
		free.countDown();
	}

	@Test
	void letsOtherVirtualThreadsRunWhileDrainsAreAlwaysDue() throws Exception {
		AtomicBoolean go = new AtomicBoolean(true);
		for (int i = 0; i < 100; i++) {
			this.drainers.execute(new Runnable() {
				@Override
				public void run() {
					if (go.get()) {
						VirtualDrainersTests.this.drainers.execute(this);
					}
				}
			});
		}
		CountDownLatch ran = new CountDownLatch(1);
		new VirtualThreadTaskExecutor().execute(ran::countDown);
		assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
		go.set(false);
	}

	@Test
	void runsWhatIsDueOnceAThreadCanBeStartedAgain() throws Exception {
		AtomicBoolean exhausted = new AtomicBoolean(true);
		VirtualThreadTaskExecutor threads = new VirtualThreadTaskExecutor();
		VirtualDrainers starved = new VirtualDrainers((task) -> {
			if (exhausted.get()) {
				throw new OutOfMemoryError("on purpose");
			}
			threads.execute(task);
		});
		CountDownLatch ran = new CountDownLatch(2);
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> starved.execute(ran::countDown));
		exhausted.set(false);
		starved.execute(ran::countDown);
		assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void drainThatOpensAStreamTakesTurnsWithThoseThatAreDue() {
		Queue<Runnable> threads = new ArrayDeque<>();
		VirtualDrainers held = new VirtualDrainers(threads::add);
		List<String> ran = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			held.execute(() -> ran.add("live"));
		}
		held.executeOpening(() -> ran.add("opening"));
		while (!threads.isEmpty()) {
			threads.remove().run();
		}
		assertThat(ran).hasSize(11);
		assertThat(ran.indexOf("opening")).isLessThan(2);
	}

	private static void stick(CountDownLatch free) {
		try {
			free.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
