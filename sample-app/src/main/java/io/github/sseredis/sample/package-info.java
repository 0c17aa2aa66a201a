/**
 * A mart's order desk, notifications and announcements: the reference use of the starter.
 */
@NullMarked
package io.github.sseredis.sample;

import org.jspecify.annotations.NullMarked;
