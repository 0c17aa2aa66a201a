package io.github.sseredis.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether what the pages say can be told from what it is written on (WCAG 2.2, AA). */
class ContrastTests {

	private static final Pattern COLOUR = Pattern.compile("--([a-z-]+): #([0-9a-f]{6}|[0-9a-f]{3});");

	private static final String DARK = "@media (prefers-color-scheme: dark)";

	private static final String APP = "src/main/resources/static/css/app.css";

	private static final String STAGE = "src/test/resources/stage/stage.css";

	@ParameterizedTest
	@CsvSource({ APP + ", text, page", APP + ", text, tint", APP + ", text, warn-tint", APP + ", quiet, page",
			APP + ", quiet, card", APP + ", quiet, tint", APP + ", accent, card", APP + ", accent, tint",
			APP + ", on-accent, accent", APP + ", bad, card", APP + ", warn, card", APP + ", warn, warn-tint",
			STAGE + ", text, page", STAGE + ", quiet, page", STAGE + ", quiet, card", STAGE + ", good, card",
			STAGE + ", good, page", STAGE + ", good, good-soft", STAGE + ", warn, card", STAGE + ", warn, warn-soft",
			STAGE + ", bad, card", STAGE + ", bad, page", STAGE + ", bad, bad-soft", STAGE + ", a, card",
			STAGE + ", b, card", STAGE + ", on-accent, accent" })
	void textCanBeRead(String file, String text, String ground) throws IOException {
		assertContrast(file, text, ground, 4.5);
	}

	@ParameterizedTest
	@CsvSource({ APP + ", field, card", APP + ", accent, page", STAGE + ", wire, page", STAGE + ", wire, card",
			STAGE + ", accent, page" })
	void edgesCanBeSeen(String file, String edge, String ground) throws IOException {
		assertContrast(file, edge, ground, 3);
	}

	private static void assertContrast(String file, String one, String other, double least) throws IOException {
		String css = Files.readString(Path.of(file));
		int dark = css.indexOf(DARK);
		for (String scheme : new String[] { css.substring(0, dark), css.substring(dark) }) {
			Map<String, String> colours = new HashMap<>();
			for (Matcher matcher = COLOUR.matcher(scheme); matcher.find();) {
				colours.put(matcher.group(1), matcher.group(2));
			}
			assertThat(contrast(colours.get(one), colours.get(other))).as(scheme.startsWith(DARK) ? "dark" : "light")
				.isGreaterThanOrEqualTo(least);
		}
	}

	private static double contrast(String one, String other) {
		double first = luminance(one);
		double second = luminance(other);
		return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
	}

	private static double luminance(String colour) {
		String digits = (colour.length() == 3) ? colour.replaceAll("(.)", "$1$1") : colour;
		double[] weights = { 0.2126, 0.7152, 0.0722 };
		double sum = 0;
		for (int i = 0; i < weights.length; i++) {
			double part = Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16) / 255.0;
			sum += weights[i] * ((part <= 0.04045) ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
		}
		return sum;
	}

}
