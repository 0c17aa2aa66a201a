/** An application on Jetty, with Jedis. */
@NullMarked
package com.example.jetty;

import org.jspecify.annotations.NullMarked;
