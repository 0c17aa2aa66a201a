package io.github.sseredis.push;

import java.util.function.Consumer;

import io.github.sseredis.Broadcaster;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the auto-configuration sets up, without Spring Boot. */
@Configuration(proxyBeanMethods = false)
class PushConfiguration {

	@Bean
	RecordingBroadcaster broadcaster() {
		return new RecordingBroadcaster();
	}

	@Bean
	static Pusher pusher(ObjectProvider<Broadcaster> broadcaster) {
		return new Pusher(broadcaster);
	}

	@Bean
	static PushPostProcessor pushPostProcessor(Pusher pusher) {
		return new PushPostProcessor(pusher);
	}

	@Bean
	static PushEventListenerFactory pushEventListenerFactory(Pusher pusher) {
		return new PushEventListenerFactory(pusher);
	}

	static AnnotationConfigApplicationContext start(Class<?>... beans) {
		return start((context) -> {
		}, beans);
	}

	static AnnotationConfigApplicationContext start(Consumer<AnnotationConfigApplicationContext> customizer,
			Class<?>... beans) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.register(PushConfiguration.class);
		if (beans.length > 0) {
			context.register(beans);
		}
		customizer.accept(context);
		context.refresh();
		return context;
	}

}
