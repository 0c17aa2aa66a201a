/**
 * Proves that nothing is lost silently: producers number what they publish, clients
 * record what they receive while faults strike, and the recordings are held against what
 * is promised. {@link io.github.sseredis.checker.PromiseCheck} knows only what clients
 * saw: numbers in payloads, and resets. It never reads an ID.
 */
@NullMarked
package io.github.sseredis.checker;

import org.jspecify.annotations.NullMarked;
