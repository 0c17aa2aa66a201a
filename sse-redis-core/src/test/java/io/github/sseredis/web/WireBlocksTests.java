package io.github.sseredis.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.github.sseredis.EventId;
import io.github.sseredis.ResetReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WireBlocksTests {

	private static final EventId ID = EventId.parse("abcdefg12");

	@Test
	void opensWithRetryAndId() {
		assertThat(text(blocks(null, 0).opening("abcdefg12"))).isEqualTo("retry: 2000\nid: abcdefg12\n\n");
	}

	@Test
	void opensWithRetryOnlyWhenThereIsNoId() {
		assertThat(text(blocks(null, 0).opening(null))).isEqualTo("retry: 2000\n\n");
	}

	@Test
	void opensWithTheConnectEventWhenItHasAName() {
		assertThat(text(blocks("hello", 0).opening("abcdefg12")))
			.isEqualTo("retry: 2000\nid: abcdefg12\n\nevent: hello\ndata: {}\nid: abcdefg12\n\n");
		assertThat(text(blocks("hello", 0).opening(null))).isEqualTo("retry: 2000\n\nevent: hello\ndata: {}\n\n");
	}

	@Test
	void lengthensTheReconnectTimeByUpToAHalf() {
		assertThat(text(blocks(null, 0.5).retry())).isEqualTo("retry: 2500\n\n");
		assertThat(text(blocks(null, 1).retryMuchLater())).isEqualTo("retry: 30000\n\n");
	}

	@Test
	void sendsThePositionAsHeartbeat() {
		assertThat(text(blocks(null, 0).heartbeat(ID))).isEqualTo("id: abcdefg12\n\n");
		assertThat(text(blocks(null, 0).heartbeat(null))).isEqualTo("retry: 2000\n\n");
	}

	@Test
	void writesAResetAsJsonWhateverTheTopicsAreCalled() {
		assertThat(text(blocks(null, 0).reset(ResetReason.ROLLED_BACK, List.of("a\"b\\", "알림"), ID)))
			.isEqualTo("event: lost\ndata: {\"reason\":\"rolled-back\",\"topics\":[\"a\\\"b\\\\\",\"알림\"]}\n"
					+ "id: abcdefg12\n\n");
	}

	@Test
	void quotesControlCharacters() {
		assertThat(JsonString.quote("a\nb\u0001")).isEqualTo("\"a\\u000ab\\u0001\"");
	}

	private static WireBlocks blocks(@Nullable String connectEvent, double random) {
		return new WireBlocks(new ConnectionOptions(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(15),
				Duration.ofSeconds(10), Duration.ZERO, connectEvent, "lost"), new Jitter(() -> random));
	}

	private static String text(byte[] block) {
		return new String(block, StandardCharsets.UTF_8);
	}

}
