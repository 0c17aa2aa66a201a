/**
 * Test kit for applications that use sse-redis: a client for streams, tests without
 * Redis, and assertions on what was pushed.
 */
@NullMarked
package io.github.sseredis.test;

import org.jspecify.annotations.NullMarked;
