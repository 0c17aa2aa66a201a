package io.github.sseredis.sample.announcement;

import java.time.Instant;

/** An announcement as the list and the stream show it. */
record AnnouncementView(long id, String text, Instant sentAt) {
}
