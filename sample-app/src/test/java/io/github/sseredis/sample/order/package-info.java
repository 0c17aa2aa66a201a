@NullMarked
package io.github.sseredis.sample.order;

import org.jspecify.annotations.NullMarked;
