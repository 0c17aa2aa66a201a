/** The programs of the processes: applications as their users would write them. */
@NullMarked
package io.github.sseredis.benchmarks.server;

import org.jspecify.annotations.NullMarked;
