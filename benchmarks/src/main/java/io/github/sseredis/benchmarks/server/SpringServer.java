package io.github.sseredis.benchmarks.server;

import java.io.IOException;
import java.util.function.Function;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;

/** Runs an application under a {@link ControlLine}. */
final class SpringServer {

	private SpringServer() {
	}

	static void run(Class<?> application, String[] args, Function<ApplicationContext, EventPublisher> publisher)
			throws IOException, InterruptedException {
		ApplicationContext context = SpringApplication.run(application, args);
		ControlLine.serve(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class),
				publisher.apply(context));
	}

}
