/** What is done with the servers, and what is counted. */
@NullMarked
package io.github.sseredis.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
