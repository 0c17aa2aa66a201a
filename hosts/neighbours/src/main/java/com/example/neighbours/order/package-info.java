/** Takes orders. */
@NullMarked
package com.example.neighbours.order;

import org.jspecify.annotations.NullMarked;
