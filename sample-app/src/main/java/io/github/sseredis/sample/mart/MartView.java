package io.github.sseredis.sample.mart;

/** A mart as pages show it. */
public record MartView(long id, String name) {
}
