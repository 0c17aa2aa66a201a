package io.github.sseredis.sample.stream;

import io.github.sseredis.EmitterRegistry;

import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a page which instance serves it. */
@RestController
class InstanceController {

	private final EmitterRegistry emitterRegistry;

	private final Environment environment;

	InstanceController(EmitterRegistry emitterRegistry, Environment environment) {
		this.emitterRegistry = emitterRegistry;
		this.environment = environment;
	}

	@GetMapping("/api/instance")
	Instance instance() {
		return new Instance(this.environment.getRequiredProperty("sample.instance"),
				this.environment.getRequiredProperty("local.server.port", Integer.class),
				this.emitterRegistry.connectionCount());
	}

	record Instance(String name, int port, int connections) {
	}

}
