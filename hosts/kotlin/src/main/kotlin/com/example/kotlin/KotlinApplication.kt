package com.example.kotlin

import org.springframework.boot.autoconfigure.SpringBootApplication

@SpringBootApplication
class KotlinApplication
