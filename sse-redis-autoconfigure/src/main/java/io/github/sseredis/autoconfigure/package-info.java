/**
 * Spring Boot auto-configuration for {@link io.github.sseredis}.
 */
@NullMarked
package io.github.sseredis.autoconfigure;

import org.jspecify.annotations.NullMarked;
