/** What the administrator tells everybody. */
@NullMarked
package io.github.sseredis.sample.announcement;

import org.jspecify.annotations.NullMarked;
