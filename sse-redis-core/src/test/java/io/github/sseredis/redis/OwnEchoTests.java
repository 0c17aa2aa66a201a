package io.github.sseredis.redis;

import io.github.sseredis.log.Position;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OwnEchoTests {

	private @Nullable Position seen;

	private final OwnEcho echo = new OwnEcho(() -> this.seen, 100);

	private static Position at(long sequence) {
		return new Position("epoch-1", sequence);
	}

	@Test
	void isFarBehindWhenTooManyEventsHaveNotComeBack() {
		this.seen = at(0);
		this.echo.published(at(64), 1);
		this.echo.published(at(101), 1);
		assertThat(this.echo.isFarBehind()).isTrue();
		this.seen = at(1);
		assertThat(this.echo.isFarBehind()).isFalse();
	}

	@Test
	void isFarBehindWhenTooManyBytesHaveNotComeBack() {
		this.seen = at(0);
		this.echo.published(at(1), RedisLayout.RECENT_BYTES / 8);
		this.echo.published(at(2), RedisLayout.RECENT_BYTES / 4);
		assertThat(this.echo.isFarBehind()).isTrue();
		this.seen = at(1);
		assertThat(this.echo.isFarBehind()).isFalse();
	}

	@Test
	void isNotBehindWhenNothingCanBeCompared() {
		this.echo.published(at(1000), 1);
		assertThat(this.echo.isFarBehind()).isFalse();
		this.seen = new Position("epoch-2", 1);
		this.echo.published(at(2000), 1);
		assertThat(this.echo.isFarBehind()).isFalse();
	}

	@Test
	void givesTheNewestPositionOfOneEpoch() {
		assertThat(this.echo.newest(null)).isNull();
		assertThat(this.echo.newest(at(3))).isEqualTo(at(3));
		this.seen = at(5);
		assertThat(this.echo.newest(null)).isEqualTo(at(5));
		assertThat(this.echo.newest(at(3))).isEqualTo(at(5));
		assertThat(this.echo.newest(at(7))).isEqualTo(at(7));
		assertThat(this.echo.newest(new Position("epoch-2", 1))).isEqualTo(new Position("epoch-2", 1));
	}

}
