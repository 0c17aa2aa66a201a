package com.example.shop;

record Order(String customer, String item) {

}
