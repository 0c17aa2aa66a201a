/**
 * Events through Redis: published by scripts in order, received through one subscription,
 * appended to the event log.
 */
@NullMarked
package io.github.sseredis.redis;

import org.jspecify.annotations.NullMarked;
