package io.github.sseredis.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.sseredis.web.BlockedWrite.Abortion;
import io.github.sseredis.web.WriteAborter.Next;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/** Tests for {@link BlockedWrite}. */
@Timeout(60)
class BlockedWriteTests {

	private final ExecutorService drainers = Executors.newSingleThreadExecutor();

	private final CountDownLatch client = new CountDownLatch(1);

	@AfterEach
	void stopDrainers() {
		this.client.countDown();
		this.drainers.shutdownNow();
	}

	@Test
	void abortDoesNothingWithoutWrite() throws IOException {
		BlockedWrite write = new BlockedWrite(WriteAborter.INTERRUPTS);
		assertThat(abort(write)).isFalse();
		write.enter(1);
		write.leave();
		assertThat(abort(write)).isFalse();
		write.enter(2);
		write.leave();
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void isActiveDuringAWriteOnly() throws IOException {
		BlockedWrite write = new BlockedWrite(WriteAborter.INTERRUPTS);
		assertThat(write.isActive()).isFalse();
		write.enter(7);
		assertThat(write.isActive()).isTrue();
		assertThat(write.startedAt()).isEqualTo(7);
		write.leave();
		assertThat(write.isActive()).isFalse();
	}

	@Test
	void abortInterruptsTheWriteAndNothingAfterIt() throws Exception {
		BlockedWrite write = new BlockedWrite(WriteAborter.INTERRUPTS);
		Future<Boolean> interrupted = this.drainers.submit(() -> write(write, this.client::await));
		await().until(write::isActive);
		assertThat(abort(write)).isTrue();
		assertThat(interrupted.get()).isTrue();
		assertThat(this.drainers.submit(Thread::interrupted).get()).isFalse();
	}

	@Test
	void noInterruptComesLate() throws Exception {
		for (int i = 0; i < 2_000; i++) {
			BlockedWrite write = new BlockedWrite(WriteAborter.INTERRUPTS);
			int spins = i % 50;
			Future<Boolean> drain = this.drainers.submit(() -> {
				write(write, () -> {
					for (int spin = 0; spin < spins; spin++) {
						Thread.onSpinWait();
					}
				});
				return Thread.interrupted();
			});
			while (!drain.isDone()) {
				abort(write);
			}
			assertThat(drain.get()).isFalse();
		}
	}

	@Test
	void leavesOtherInterruptsAlone() throws Exception {
		BlockedWrite write = new BlockedWrite(WriteAborter.INTERRUPTS);
		Future<Boolean> interrupted = this.drainers.submit(() -> {
			write(write, () -> Thread.currentThread().interrupt());
			return Thread.interrupted();
		});
		assertThat(interrupted.get()).isTrue();
	}

	@Test
	void refusesWritesOnceAborted() throws Exception {
		BlockedWrite write = new BlockedWrite(WriteAborter.INTERRUPTS);
		Future<Boolean> drain = this.drainers.submit(() -> write(write, this.client::await));
		await().until(write::isActive);
		abort(write);
		drain.get();
		assertThatIOException().isThrownBy(() -> write.enter(1));
		assertThat(write.isActive()).isFalse();
	}

	@Test
	void takesStepsUntilTheThreadIsFree() throws Exception {
		List<Integer> steps = new CopyOnWriteArrayList<>();
		BlockedWrite write = new BlockedWrite((step) -> {
			steps.add(step);
			if (step == 2) {
				this.client.countDown();
			}
			return Next.WAIT;
		});
		Future<Boolean> interrupted = this.drainers.submit(() -> write(write, this.client::await));
		await().until(write::isActive);
		abort(write);
		assertThat(interrupted.get(30, TimeUnit.SECONDS)).isFalse();
		// And another if the thread is long in leaving.
		assertThat(steps).startsWith(0, 1, 2);
	}

	@Test
	void interruptsOncePerStep() throws Exception {
		List<Integer> steps = new CopyOnWriteArrayList<>();
		BlockedWrite write = new BlockedWrite((step) -> {
			steps.add(step);
			return Next.INTERRUPT;
		});
		Future<Integer> interrupts = this.drainers.submit(() -> {
			int count = 0;
			write.enter(1);
			while (count < 2) {
				LockSupport.park();
				count += Thread.interrupted() ? 1 : 0;
			}
			write.leave();
			return count;
		});
		await().until(write::isActive);
		abort(write);
		assertThat(interrupts.get()).isEqualTo(2);
		assertThat(steps).startsWith(0, 1);
	}

	@Test
	void keepsInterruptingWhereInterruptsAreSwallowed() throws Exception {
		BlockedWrite write = new BlockedWrite(WriteAborter.INTERRUPTS);
		Future<Boolean> drain = this.drainers.submit(() -> write(write, () -> {
			int swallowed = 0;
			while (swallowed < 100) {
				LockSupport.park();
				swallowed += Thread.interrupted() ? 1 : 0;
			}
		}));
		await().until(write::isActive);
		abort(write);
		assertThat(drain.get(30, TimeUnit.SECONDS)).isFalse();
	}

	@Test
	void givesUpAndCanBeAbortedAgain() throws Exception {
		BlockedWrite write = new BlockedWrite((step) -> Next.WAIT);
		Future<Boolean> drain = this.drainers.submit(() -> write(write, this.client::await));
		await().until(write::isActive);
		assertThat(abort(write)).isTrue();
		assertThat(write.isActive()).isTrue();
		assertThat(write.startAbortion()).isNotNull();
		assertThat(write.startAbortion()).isNull();
		this.client.countDown();
		assertThat(drain.get()).isFalse();
	}

	/** Ends a write as the aborter does; returns whether there was one. */
	static boolean abort(BlockedWrite write) {
		Abortion abortion = write.startAbortion();
		List<Abortion> abortions = new ArrayList<>();
		if (abortion != null) {
			abortions.add(abortion);
		}
		while (!abortions.isEmpty()) {
			Abortion.proceed(abortions);
		}
		return abortion != null;
	}

	private static boolean write(BlockedWrite write, Action action) throws IOException {
		write.enter(1);
		try {
			action.run();
			return false;
		}
		catch (InterruptedException ex) {
			return true;
		}
		finally {
			write.leave();
		}
	}

	private interface Action {

		void run() throws InterruptedException;

	}

}
