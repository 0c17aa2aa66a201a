/**
 * Story 2: what a user is told, kept until it is deleted; read state in step on every tab
 * and instance.
 */
@NullMarked
package io.github.sseredis.sample.notification;

import org.jspecify.annotations.NullMarked;
