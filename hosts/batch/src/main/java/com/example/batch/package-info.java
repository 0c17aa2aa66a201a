/** A batch: it publishes and ends. */
@NullMarked
package com.example.batch;

import org.jspecify.annotations.NullMarked;
