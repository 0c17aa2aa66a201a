@NullMarked
package io.github.sseredis.benchmarks.report;

import org.jspecify.annotations.NullMarked;
