@NullMarked
package io.github.sseredis.sample;

import org.jspecify.annotations.NullMarked;
