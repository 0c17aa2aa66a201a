package io.github.sseredis.sample.announcement;

import java.util.List;

/** The newest announcements, and the ID after which the stream goes on. */
record AnnouncementList(String lastEventId, List<AnnouncementView> announcements) {
}
