/** An application that has sessions in Redis, and modules that talk by events. */
@NullMarked
package com.example.neighbours;

import org.jspecify.annotations.NullMarked;
