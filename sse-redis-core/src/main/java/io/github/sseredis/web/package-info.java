/**
 * Open responses to clients: connections that read the event log on, who writes them, and
 * the registry that holds them.
 */
@NullMarked
package io.github.sseredis.web;

import org.jspecify.annotations.NullMarked;
