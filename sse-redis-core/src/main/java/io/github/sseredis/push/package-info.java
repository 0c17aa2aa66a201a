/**
 * Pushes what methods with {@link io.github.sseredis.SsePush} return.
 */
@NullMarked
package io.github.sseredis.push;

import org.jspecify.annotations.NullMarked;
