@NullMarked
package io.github.sseredis.sample.web;

import org.jspecify.annotations.NullMarked;
