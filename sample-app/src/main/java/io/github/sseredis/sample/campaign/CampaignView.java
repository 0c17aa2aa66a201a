package io.github.sseredis.sample.campaign;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A campaign as the list and the stream show it.
 *
 * @param closedAt null while it is open
 * @param backers how many back it
 * @param notified how many of them have been told that it closed
 */
record CampaignView(long id, String title, @Nullable Instant closedAt, long backers, long notified) {
}
