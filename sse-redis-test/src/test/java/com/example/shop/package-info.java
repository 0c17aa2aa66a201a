/** The shop of docs/getting-started.md, with the tests that docs/testing.md shows. */
package com.example.shop;
