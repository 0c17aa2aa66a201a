/** Who may come in, and what each may do. */
@NullMarked
package io.github.sseredis.sample.security;

import org.jspecify.annotations.NullMarked;
