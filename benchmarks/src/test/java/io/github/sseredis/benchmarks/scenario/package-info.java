@NullMarked
package io.github.sseredis.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
