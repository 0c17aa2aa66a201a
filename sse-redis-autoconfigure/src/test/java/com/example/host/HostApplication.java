package com.example.host;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** What a host application has at the least, seen from outside the library. */
@SpringBootApplication
class HostApplication {

}
