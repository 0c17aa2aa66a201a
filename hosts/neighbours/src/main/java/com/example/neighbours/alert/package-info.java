/** Tells people about orders. */
@NullMarked
package com.example.neighbours.alert;

import org.jspecify.annotations.NullMarked;
