package io.github.sseredis.web;

/**
 * How many connections an instance admits; 0 for any number.
 *
 * @param connections in all
 * @param perPrincipal of one principal
 * @param perAddress of one client address
 * @param topicsPerConnection topics on one connection
 * @param principalPolicy what becomes of one more than {@code perPrincipal}
 */
public record ConnectionLimits(int connections, int perPrincipal, int perAddress, int topicsPerConnection,
		PrincipalPolicy principalPolicy) {

	/** Creates limits of which a principal's refuses the new connection. */
	public ConnectionLimits(int connections, int perPrincipal, int perAddress, int topicsPerConnection) {
		this(connections, perPrincipal, perAddress, topicsPerConnection, PrincipalPolicy.REFUSE_NEW);
	}

}
