/** An application whose tests docs/testing.md shows. */
package com.example.shop;
