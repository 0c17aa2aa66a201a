/**
 * Story 2: a user is notified on every tab and device, and finds it in the list later.
 */
@NullMarked
package io.github.sseredis.sample.notification;

import org.jspecify.annotations.NullMarked;
