package io.github.sseredis.sample.order;

import java.time.Instant;

/** An order as the list and the stream show it. */
record OrderView(long id, long martId, String customer, String item, int quantity, Instant placedAt) {
}
