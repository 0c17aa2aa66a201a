/** Story 1: the owner of a mart sees an order as soon as it is placed. */
@NullMarked
package io.github.sseredis.sample.order;

import org.jspecify.annotations.NullMarked;
