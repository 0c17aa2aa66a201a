package io.github.sseredis.log;

import org.junit.jupiter.api.Test;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FrameBatchTests {

	private final FrameBatch batch = new FrameBatch();

	@Test
	void hasWhatWasAddedInOrder() {
		for (int i = 0; i < 100; i++) {
			this.batch.add(i * 2, new byte[i]);
		}
		assertThat(this.batch.size()).isEqualTo(100);
		assertThat(this.batch.bytes()).isEqualTo(99 * 100 / 2);
		for (int i = 0; i < 100; i++) {
			assertThat(this.batch.frame(i)).hasSize(i);
			assertThat(this.batch.sequence(i)).isEqualTo(i * 2);
		}
	}

	@Test
	void isFullFromItsLimitOn() {
		this.batch.add(1, new byte[FrameBatch.LIMIT - 1]);
		assertThat(this.batch.isFull()).isFalse();
		this.batch.add(2, new byte[1]);
		assertThat(this.batch.isFull()).isTrue();
	}

	@Test
	void keepsNoFrameAliveWhenCleared() {
		this.batch.add(1, new byte[FrameBatch.LIMIT]);
		this.batch.add(2, new byte[1]);
		this.batch.clear();
		assertThat(this.batch.size()).isZero();
		assertThat(this.batch.bytes()).isZero();
		assertThat(this.batch.isFull()).isFalse();
		assertThat((Object[]) ReflectionTestUtils.getField(this.batch, "frames")).containsOnlyNulls();
	}

	@Test
	void frameThrowsWhenThereIsNone() {
		this.batch.add(1, new byte[1]);
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> this.batch.frame(1));
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> this.batch.frame(-1));
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> this.batch.frame(32));
	}

	@Test
	void tellsWhenItsFirstEventWasPublished() {
		TopicLog topic = new TopicLog("a", 0);
		this.batch.add(topic.add(1, new byte[1], 100));
		this.batch.add(topic.add(2, new byte[1], 50));
		assertThat(this.batch.publishedAt()).isEqualTo(100);
		this.batch.clear();
		assertThat(this.batch.publishedAt()).isEqualTo(PartitionLog.UNKNOWN_TIME);
		this.batch.add(3, new byte[1]);
		this.batch.add(topic.add(4, new byte[1], 100));
		assertThat(this.batch.publishedAt()).isEqualTo(PartitionLog.UNKNOWN_TIME);
	}

}
