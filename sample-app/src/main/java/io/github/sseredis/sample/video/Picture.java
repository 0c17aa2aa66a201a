package io.github.sseredis.sample.video;

/**
 * What this demo has instead of films: a sun that goes up, over hills of another colour
 * for each.
 */
final class Picture {

	private static final String RISE = """
			<animate attributeName="cy" values="80;26;80" dur="8s" repeatCount="indefinite"/>""";

	private Picture() {
	}

	static String still(long id) {
		return draw(id, "");
	}

	static String moving(long id) {
		return draw(id, RISE);
	}

	private static String draw(long id, String movement) {
		long hue = (150 + id * 67) % 360;
		return """
				<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90" role="img">
				  <title>Sunrise</title>
				  <rect width="160" height="90" fill="hsl(%1$d 55%% 82%%)"/>
				  <circle cx="80" cy="52" r="17" fill="hsl(42 95%% 64%%)">%2$s</circle>
				  <path d="M0 66 Q40 44 84 64 T160 58 V90 H0Z" fill="hsl(%1$d 38%% 52%%)"/>
				  <path d="M0 76 Q52 58 100 76 T160 72 V90 H0Z" fill="hsl(%1$d 42%% 34%%)"/>
				</svg>
				""".formatted(hue, movement);
	}

}
