/** What the stories share: the viewer, and how errors are told. */
@NullMarked
package io.github.sseredis.sample.web;

import org.jspecify.annotations.NullMarked;
