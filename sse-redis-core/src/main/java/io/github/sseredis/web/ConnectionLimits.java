package io.github.sseredis.web;

/**
 * How many connections an instance admits; 0 for any number.
 *
 * @param connections in all
 * @param perPrincipal of one principal
 * @param perAddress of one client address
 * @param topicsPerConnection topics on one connection
 */
public record ConnectionLimits(int connections, int perPrincipal, int perAddress, int topicsPerConnection) {

}
