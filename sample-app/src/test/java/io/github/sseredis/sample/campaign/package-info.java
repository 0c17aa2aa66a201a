/** Tests of what is not a story. */
@NullMarked
package io.github.sseredis.sample.campaign;

import org.jspecify.annotations.NullMarked;
