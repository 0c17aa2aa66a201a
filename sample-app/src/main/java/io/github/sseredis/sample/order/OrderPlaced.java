package io.github.sseredis.sample.order;

/** The application event of a new order. */
record OrderPlaced(long martId, OrderView order) {
}
