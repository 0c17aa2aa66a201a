/** Story 3: an encoding job tells how far it is, and when it is done. */
@NullMarked
package io.github.sseredis.sample.video;

import org.jspecify.annotations.NullMarked;
