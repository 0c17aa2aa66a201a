/** The one stream of a page: which topics are whose. */
@NullMarked
package io.github.sseredis.sample.stream;

import org.jspecify.annotations.NullMarked;
