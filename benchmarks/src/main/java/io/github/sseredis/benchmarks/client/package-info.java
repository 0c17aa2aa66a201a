/** The load client: thousands of streams, read and checked by one thread. */
@NullMarked
package io.github.sseredis.benchmarks.client;

import org.jspecify.annotations.NullMarked;
