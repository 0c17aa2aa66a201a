/**
 * The cause of story 2: a campaign closes, and thousands of backers are told in a batch.
 */
@NullMarked
package io.github.sseredis.sample.campaign;

import org.jspecify.annotations.NullMarked;
