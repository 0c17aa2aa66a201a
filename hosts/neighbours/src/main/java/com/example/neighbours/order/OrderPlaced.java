package com.example.neighbours.order;

/** What other modules are told. */
public record OrderPlaced(String customer, String item) {

}
