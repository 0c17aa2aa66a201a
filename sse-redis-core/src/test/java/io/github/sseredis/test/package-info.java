/**
 * What tests need around the library: a Redis, independent clients that read streams, and
 * a guard against skipped tests. It depends on nothing in the main code.
 */
@NullMarked
package io.github.sseredis.test;

import org.jspecify.annotations.NullMarked;
