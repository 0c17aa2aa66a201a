/** The inner parts, one by one, by JMH: {@code mvn -q -pl benchmarks -am -Pjmh}. */
@NullMarked
package io.github.sseredis.benchmarks.inner;

import org.jspecify.annotations.NullMarked;
