package com.example.neighbours;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application. */
@SpringBootApplication
public class NeighboursApplication {

}
