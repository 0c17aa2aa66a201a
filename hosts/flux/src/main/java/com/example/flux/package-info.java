/** A WebFlux application that publishes. */
@NullMarked
package com.example.flux;

import org.jspecify.annotations.NullMarked;
