package io.github.sseredis.sample.video;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A video as the list and the stream show it.
 *
 * @param percent how much of it is encoded
 * @param thumbnailUrl null until it is ready
 * @param videoUrl null until it is ready
 */
record VideoView(long id, String owner, String title, int percent, @Nullable String thumbnailUrl,
		@Nullable String videoUrl, Instant uploadedAt) {
}
