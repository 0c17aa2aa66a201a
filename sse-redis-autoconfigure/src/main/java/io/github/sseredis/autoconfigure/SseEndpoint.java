package io.github.sseredis.autoconfigure;

import java.util.Collection;

import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.SseTopicResolver;
import io.github.sseredis.SubscribeRequest;
import io.github.sseredis.TopicName;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The ready-made endpoint: streams the topics that the resolver grants. A status other
 * than 200 is final for a browser, so only what a reconnect cannot change has one.
 */
@Controller
class SseEndpoint {

	private final EmitterRegistry emitterRegistry;

	private final SseTopicResolver topicResolver;

	SseEndpoint(EmitterRegistry emitterRegistry, SseTopicResolver topicResolver) {
		this.emitterRegistry = emitterRegistry;
		this.topicResolver = topicResolver;
	}

	@GetMapping(path = "${sse.endpoint.path}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	public ResponseEntity<SseEmitter> stream(HttpServletRequest request) {
		Collection<String> topics = this.topicResolver.resolve(request);
		requireValid(topics);
		if (topics.isEmpty()) {
			boolean known = request.getUserPrincipal() != null;
			return ResponseEntity.status(known ? HttpStatus.FORBIDDEN : HttpStatus.UNAUTHORIZED).build();
		}
		return ResponseEntity.ok(this.emitterRegistry.subscribe(SubscribeRequest.builder().topics(topics).build()));
	}

	// Without the exception as a cause: a handler that an application has for
	// IllegalArgumentException would blame the client.
	private void requireValid(Collection<String> topics) {
		try {
			topics.forEach(TopicName::requireValid);
		}
		catch (IllegalArgumentException | NullPointerException ex) {
			throw new IllegalStateException("The SseTopicResolver " + this.topicResolver.getClass().getName()
					+ " returned topics that are not valid: "
					+ ((ex instanceof NullPointerException) ? "null" : ex.getMessage()));
		}
	}

}
