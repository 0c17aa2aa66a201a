package io.github.sseredis.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DrainBuffersTests {

	private final DrainBuffers buffers = new DrainBuffers();

	@Test
	void joinsAgainInTheBufferThatWasGivenBackWhenOthersAreInUse() {
		List<DrainBuffer> taken = take(3);
		this.buffers.giveBack(taken.get(1));
		assertThat(this.buffers.take()).isSameAs(taken.get(1));
		assertThat(this.buffers.take()).isNotIn(taken);
	}

	@Test
	void hasOnlyLeanBuffersBeyondItsNumberUntilOneIsGivenBack() {
		List<DrainBuffer> taken = take(DrainBuffers.MAX_JOINING);
		assertThat(taken).allMatch((buffer) -> buffer.joined() != null).doesNotHaveDuplicates();
		DrainBuffer lean = this.buffers.take();
		assertThat(lean.joined()).isNull();
		this.buffers.giveBack(lean);
		assertThat(this.buffers.take().joined()).isNull();
		taken.forEach(this.buffers::giveBack);
		assertThat(take(DrainBuffers.MAX_JOINING)).containsExactlyInAnyOrderElementsOf(taken);
		assertThat(this.buffers.take().joined()).isNull();
	}

	@Test
	void givesABufferToOneDrainerAtATimeWhenManyTakeThem() throws Exception {
		int drainers = 16;
		Set<DrainBuffer> inUse = ConcurrentHashMap.newKeySet();
		Set<DrainBuffer> seen = ConcurrentHashMap.newKeySet();
		AtomicInteger shared = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(drainers);
		for (int i = 0; i < drainers; i++) {
			new Thread(() -> {
				for (int drain = 0; drain < 20_000; drain++) {
					DrainBuffer buffer = this.buffers.take();
					seen.add(buffer);
					if (!inUse.add(buffer)) {
						shared.incrementAndGet();
					}
					inUse.remove(buffer);
					this.buffers.giveBack(buffer);
				}
				done.countDown();
			}).start();
		}
		assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(shared).hasValue(0);
		assertThat(seen).hasSizeLessThanOrEqualTo(drainers);
	}

	private List<DrainBuffer> take(int count) {
		return new ArrayList<>(IntStream.range(0, count).mapToObj((i) -> this.buffers.take()).toList());
	}

}
