package io.github.sseredis.sample.demo;

import java.util.List;

import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.SseEvent;
import io.github.sseredis.SubscribeRequest;

import org.springframework.util.ReflectionUtils;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The stream of the stage; it begins with the name of the instance that serves it. */
class StageStream {

	static final String PATH = "/stage/stream";

	private final EmitterRegistry emitterRegistry;

	private final String instance;

	StageStream(EmitterRegistry emitterRegistry, String instance) {
		this.emitterRegistry = emitterRegistry;
		this.instance = instance;
	}

	void register(RequestMappingHandlerMapping mapping) {
		RequestMappingInfo path = RequestMappingInfo.paths(PATH).options(mapping.getBuilderConfiguration()).build();
		mapping.registerMapping(path, this, ReflectionUtils.findMethod(StageStream.class, "stream"));
	}

	SseEmitter stream() {
		return this.emitterRegistry.subscribe(request().build());
	}

	/** What is subscribed to. */
	SubscribeRequest.Builder request() {
		return SubscribeRequest.builder()
			.topics(StagePublisher.TOPIC)
			.initial(() -> List.of(SseEvent.of("instance", this.instance)));
	}

}
