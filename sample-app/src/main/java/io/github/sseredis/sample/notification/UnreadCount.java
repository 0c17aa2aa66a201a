package io.github.sseredis.sample.notification;

/**
 * How many notifications are not read.
 *
 * @param revision grows with each change of the inbox: of two counts the one with the
 * higher number is true
 */
record UnreadCount(long count, long revision) {

	static final UnreadCount NONE = new UnreadCount(0, 0);

}
