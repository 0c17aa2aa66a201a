package io.github.sseredis.sample.video;

import java.util.List;

/** A user's newest videos, and the ID after which the stream goes on. */
record VideoList(String lastEventId, List<VideoView> videos) {
}
