package io.github.sseredis.sample.announcement;

import java.time.Instant;
import java.util.UUID;

record Announcement(UUID id, String text, Instant sentAt) {
}
