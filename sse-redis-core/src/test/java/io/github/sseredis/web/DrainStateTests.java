package io.github.sseredis.web;

import java.util.concurrent.atomic.AtomicInteger;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The drain state under every interleaving of those who signal, end, give up and drain,
 * as far as a model checker gets.
 */
class DrainStateTests {

	@Test
	void nothingIsMissedAndOneDrainsAtATimeInWhateverOrder() {
		options().check(Sound.class);
	}

	@Test
	void checkFindsADrainerThatRestsWithoutLookingForTheMark() {
		assertThatExceptionOfType(LincheckAssertionError.class).isThrownBy(() -> options().check(ForgetsTheMark.class))
			.withMessageContaining("was missed");
	}

	@Test
	void checkFindsASignalThatLooksAndThenActs() {
		assertThatExceptionOfType(LincheckAssertionError.class).isThrownBy(() -> options().check(SignalsTwice.class))
			.withMessageContaining("drain");
	}

	@Test
	void isActivatedOnceAndNeitherSignalledBeforeNorAfterItIsOver() {
		DrainState state = new DrainState();
		assertThat(state.signal()).isFalse();
		assertThat(state.isPending()).isTrue();
		assertThat(state.ready()).isFalse();
		assertThat(state.activate()).isTrue();
		assertThat(state.activate()).isFalse();
		assertThat(state.abandon()).isFalse();
		assertThat(state.signal()).isFalse();
		assertThat(state.ready()).isTrue();
		assertThat(state.ready()).isFalse();
		state.begin();
		state.finish();
		assertThat(state.isOver()).isTrue();
		assertThat(state.signal()).isFalse();
		assertThat(state.activate()).isFalse();
	}

	@Test
	void whatWasAbandonedIsOverUntilItIsReturnedAllTheSame() {
		DrainState state = new DrainState();
		assertThat(state.abandon()).isTrue();
		assertThat(state.isOver()).isTrue();
		assertThat(state.abandon()).isFalse();
		assertThat(state.signal()).isFalse();
		assertThat(state.activate()).isTrue();
		assertThat(state.isOver()).isFalse();
	}

	@Test
	void drainsAgainWhenThereIsMoreOrASignalCameMeanwhile() {
		DrainState state = new DrainState();
		state.activate();
		state.ready();
		state.begin();
		assertThat(state.rest(true)).isTrue();
		state.begin();
		assertThat(state.signal()).isFalse();
		assertThat(state.signal()).isFalse();
		assertThat(state.rest(false)).isTrue();
		state.begin();
		assertThat(state.rest(false)).isFalse();
		assertThat(state.signal()).isTrue();
	}

	private static ModelCheckingOptions options() {
		return new ModelCheckingOptions().threads(3)
			.actorsPerThread(3)
			.actorsBefore(0)
			.actorsAfter(1)
			.iterations(40)
			.invocationsPerIteration(800);
	}

	/**
	 * A connection reduced to its drains. Events are numbers and an end is one too: what
	 * counts is that a drain begins after each of them.
	 */
	public abstract static class Model {

		private final AtomicInteger published = new AtomicInteger();

		private final AtomicInteger drained = new AtomicInteger();

		private final AtomicInteger beginning = new AtomicInteger();

		private final AtomicInteger scheduled = new AtomicInteger();

		private final AtomicInteger drainers = new AtomicInteger();

		private volatile boolean activated;

		private volatile boolean ended;

		private volatile boolean finished;

		abstract boolean activateState();

		abstract boolean readyState();

		abstract boolean abandonState();

		abstract boolean signalState();

		abstract void beginState();

		abstract boolean restState();

		abstract void finishState();

		@Operation
		public void activate() {
			this.activated = true;
			if (activateState()) {
				this.beginning.incrementAndGet();
			}
		}

		@Operation
		public void getReady() {
			int current = this.beginning.get();
			if (current > 0 && this.beginning.compareAndSet(current, current - 1)) {
				schedule(readyState());
			}
		}

		@Operation
		public void publish() {
			this.published.incrementAndGet();
			schedule(signalState());
		}

		@Operation
		public void end() {
			this.ended = true;
			schedule(signalState());
		}

		@Operation
		public void abandon() {
			this.ended = true;
			schedule(signalState());
			abandonState();
		}

		@Operation
		public void drain() {
			int due = this.scheduled.get();
			if (due > 0 && this.scheduled.compareAndSet(due, due - 1)) {
				drainOnce();
			}
		}

		private void drainOnce() {
			if (this.drainers.incrementAndGet() > 1) {
				throw new IllegalStateException("two drain at once");
			}
			beginState();
			this.drained.set(this.published.get());
			boolean last = this.ended;
			if (last && this.finished) {
				throw new IllegalStateException("a drain after the last");
			}
			this.drainers.decrementAndGet();
			if (last) {
				this.finished = true;
				finishState();
			}
			else {
				schedule(restState());
			}
		}

		private void schedule(boolean needed) {
			if (needed && this.scheduled.incrementAndGet() > 1) {
				throw new IllegalStateException("a second drain is scheduled");
			}
		}

		@Validate
		public void afterAllDrains() {
			getReady();
			while (this.scheduled.getAndSet(0) > 0) {
				drainOnce();
			}
			if (this.activated && !this.finished) {
				if (this.ended) {
					throw new IllegalStateException("the end was missed");
				}
				if (this.drained.get() != this.published.get()) {
					throw new IllegalStateException("an event was missed");
				}
			}
		}

	}

	/** What connections use. */
	public static class Sound extends Model {

		final DrainState state = new DrainState();

		@Override
		boolean activateState() {
			return this.state.activate();
		}

		@Override
		boolean readyState() {
			return this.state.ready();
		}

		@Override
		boolean abandonState() {
			return this.state.abandon();
		}

		@Override
		boolean signalState() {
			return this.state.signal();
		}

		@Override
		void beginState() {
			this.state.begin();
		}

		@Override
		boolean restState() {
			return this.state.rest(false);
		}

		@Override
		void finishState() {
			this.state.finish();
		}

	}

	/** Goes to rest over the mark that a signal left while it was at work. */
	public static class ForgetsTheMark extends Sound {

		@Override
		boolean restState() {
			this.state.pause();
			return false;
		}

	}

	/** Looks whether a drain is needed, and says so in a second step. */
	public static class SignalsTwice extends Sound {

		private volatile boolean due;

		private volatile boolean active;

		@Override
		boolean readyState() {
			this.active = true;
			return super.readyState();
		}

		@Override
		boolean signalState() {
			if (!this.active || this.due) {
				return false;
			}
			this.due = true;
			return true;
		}

		@Override
		void beginState() {
			this.due = false;
			super.beginState();
		}

	}

}
