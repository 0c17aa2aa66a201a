/** Compiles and runs what README and docs show. */
@NullMarked
package io.github.sseredis.docs;

import org.jspecify.annotations.NullMarked;
