package io.github.sseredis.docs;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.sseredis.ResetReason;
import io.github.sseredis.SsePush;
import io.github.sseredis.autoconfigure.SseProperties;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** That the tables of the guide say what the types they are about have. */
class GuidePagesTests {

	private static final SseProperties DEFAULTS = KnownProperties.bind(Map.of());

	@Test
	void resetReasonsAreThoseThatThereAre() {
		assertThat(firstCodes("docs/resume.md")).containsExactlyInAnyOrderElementsOf(
				Arrays.stream(ResetReason.values()).map(ResetReason::wireForm).toList());
	}

	@Test
	void attributesOfPushAreThoseThatThereAre() {
		assertThat(firstCodes("docs/push.md")).containsExactlyInAnyOrderElementsOf(
				Arrays.stream(SsePush.class.getDeclaredMethods()).map(Method::getName).toList());
	}

	@Test
	void defaultsThatTheTextNamesAreTheDefaults() {
		assertThat(Page.of("docs/topics.md").prose())
			.contains("(" + DEFAULTS.limits().topicsPerConnection() + " by default");
		assertThat(Page.of("docs/resume.md").prose())
			.contains("`sse.timeout` (" + DEFAULTS.timeout().toMinutes() + " minutes");
		assertThat(Page.of("docs/getting-started.md").prose())
			.contains("After " + DEFAULTS.heartbeatInterval().toSeconds() + " seconds without an event");
	}

	/** The codes in the first cells of a page's table. */
	private static List<String> firstCodes(String page) {
		return Pattern.compile("(?m)^\\| `([a-zA-Z-]+)` \\|")
			.matcher(Page.of(page).prose())
			.results()
			.map((row) -> row.group(1))
			.toList();
	}

}
