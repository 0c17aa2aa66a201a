package io.github.sseredis.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.sseredis.ConnectionInfo;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.autoconfigure.ConnectionReport.Connection;
import io.github.sseredis.log.EventLog;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.http.HttpStatus;

/**
 * The connections of this instance, and the place of its event log. Topics and principals
 * tell who does what: they are shown, and connections ended, only for users who are
 * authorized ({@code sse.actuator.show-details}).
 */
@WebEndpoint(id = "sse")
final class SseActuatorEndpoint {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final EmitterRegistry emitterRegistry;

	private final EventLog log;

	private final SseActuatorProperties properties;

	SseActuatorEndpoint(EmitterRegistry emitterRegistry, EventLog log, SseActuatorProperties properties) {
		this.emitterRegistry = emitterRegistry;
		this.log = log;
		this.properties = properties;
	}

	/**
	 * Returns the numbers; to users who are authorized by topic and principal as well.
	 */
	@ReadOperation
	ConnectionReport connections(SecurityContext securityContext) {
		Collection<ConnectionInfo> connections = this.emitterRegistry.connections();
		return this.properties.isAuthorized(securityContext) ? ConnectionReport.detailed(connections, this.log)
				: ConnectionReport.numbers(connections, this.log);
	}

	/** Returns the connections of a principal on this instance. */
	@ReadOperation
	WebEndpointResponse<List<Connection>> connectionsOf(SecurityContext securityContext, @Selector String principal) {
		if (!this.properties.isAuthorized(securityContext)) {
			return new WebEndpointResponse<>(HttpStatus.FORBIDDEN.value());
		}
		return new WebEndpointResponse<>(this.emitterRegistry.connections()
			.stream()
			.filter((connection) -> Objects.equals(connection.principal(), principal))
			.map(Connection::of)
			.toList());
	}

	/**
	 * Ends the connections of a principal on every instance. Answered with 204 when all
	 * instances are being told, with 202 while only this one is, and with 503 if the
	 * others may never be.
	 */
	@DeleteOperation
	WebEndpointResponse<Void> disconnect(SecurityContext securityContext, @Selector String principal)
			throws InterruptedException {
		if (!this.properties.isAuthorized(securityContext)) {
			return new WebEndpointResponse<>(HttpStatus.FORBIDDEN.value());
		}
		try {
			this.emitterRegistry.disconnect(principal).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
			return new WebEndpointResponse<>(HttpStatus.NO_CONTENT.value());
		}
		catch (TimeoutException ex) {
			return new WebEndpointResponse<>(HttpStatus.ACCEPTED.value());
		}
		catch (ExecutionException ex) {
			return new WebEndpointResponse<>(HttpStatus.SERVICE_UNAVAILABLE.value());
		}
	}

}
