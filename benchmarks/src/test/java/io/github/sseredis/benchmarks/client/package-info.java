@NullMarked
package io.github.sseredis.benchmarks.client;

import org.jspecify.annotations.NullMarked;
