/**
 * What every broadcaster promises, run against each of them on real servers.
 */
@NullMarked
package io.github.sseredis.contract;

import org.jspecify.annotations.NullMarked;
