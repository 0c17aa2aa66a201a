/**
 * The event log of an instance: its recent events in one order per partition, indexed by
 * topic, and the readers that are places in it.
 */
@NullMarked
package io.github.sseredis.log;

import org.jspecify.annotations.NullMarked;
