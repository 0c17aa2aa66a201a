package io.github.sseredis.web;

/**
 * That a connection ends.
 *
 * @param reason why
 * @param decidedAt when that was decided, by the ticker
 */
record ConnectionEnd(EndReason reason, long decidedAt) {

}
