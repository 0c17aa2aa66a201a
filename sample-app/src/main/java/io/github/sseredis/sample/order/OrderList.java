package io.github.sseredis.sample.order;

import java.util.List;

/** The newest orders of a mart, and the ID after which its stream goes on. */
record OrderList(String lastEventId, List<OrderView> orders) {
}
