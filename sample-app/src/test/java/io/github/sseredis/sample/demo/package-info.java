/** Starts the demo: a Redis and two instances in one process. Not part of the jar. */
@NullMarked
package io.github.sseredis.sample.demo;

import org.jspecify.annotations.NullMarked;
