/** What is measured: servers of each kind and their publishers, as processes. */
@NullMarked
package io.github.sseredis.benchmarks.subject;

import org.jspecify.annotations.NullMarked;
