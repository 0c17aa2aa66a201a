/**
 * The nouns a host application works with: subscribe to topics through
 * {@link io.github.sseredis.EmitterRegistry}, publish to them through
 * {@link io.github.sseredis.Broadcaster}.
 */
@NullMarked
package io.github.sseredis;

import org.jspecify.annotations.NullMarked;
