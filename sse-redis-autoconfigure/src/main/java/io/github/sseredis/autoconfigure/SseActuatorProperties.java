package io.github.sseredis.autoconfigure;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the actuator endpoint.
 *
 * @param showDetails When to show topics and principals, and to end connections.
 * @param roles Roles of which a user must have one to be authorized. With none, who is
 * authenticated is authorized.
 */
@ConfigurationProperties("sse.actuator")
record SseActuatorProperties(@DefaultValue("when-authorized") Show showDetails, @DefaultValue Set<String> roles) {

	boolean isAuthorized(SecurityContext securityContext) {
		return this.showDetails.isShown(securityContext, this.roles);
	}

}
