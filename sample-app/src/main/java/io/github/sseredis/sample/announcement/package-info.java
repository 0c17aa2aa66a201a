/** Story 3: an announcement to everyone who has a page open. */
@NullMarked
package io.github.sseredis.sample.announcement;

import org.jspecify.annotations.NullMarked;
