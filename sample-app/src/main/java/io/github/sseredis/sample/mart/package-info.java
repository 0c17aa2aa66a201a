/** The marts and whose they are. */
@NullMarked
package io.github.sseredis.sample.mart;

import org.jspecify.annotations.NullMarked;
