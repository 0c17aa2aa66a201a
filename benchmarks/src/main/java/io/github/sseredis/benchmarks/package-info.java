/** The command that runs scenarios, writes their results and draws them. */
@NullMarked
package io.github.sseredis.benchmarks;

import org.jspecify.annotations.NullMarked;
