/**
 * The auto-configuration for Spring Boot. Its beans have names that begin with
 * {@code sse.}, since a host that wrote its own streams before has classes whose bean
 * names would otherwise be the same.
 */
@NullMarked
package io.github.sseredis.autoconfigure;

import org.jspecify.annotations.NullMarked;
