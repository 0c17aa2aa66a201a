/** The pages, in a real browser. */
@NullMarked
package io.github.sseredis.sample.browser;

import org.jspecify.annotations.NullMarked;
