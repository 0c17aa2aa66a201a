package io.github.sseredis.docs;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What blocks may use without an import, so that readers need not read it. */
final class Imports {

	private static final List<String> ALL = List.of("io.github.sseredis.*", "jakarta.annotation.PreDestroy",
			"jakarta.persistence.*", "java.io.IOException", "java.net.*", "java.net.http.*", "java.security.Principal",
			"java.time.*", "java.util.*", "java.util.concurrent.*", "java.util.stream.*",
			"org.springframework.beans.factory.annotation.Value", "org.springframework.boot.*",
			"org.springframework.boot.autoconfigure.SpringBootApplication",
			"org.springframework.context.ApplicationEventPublisher", "org.springframework.context.annotation.*",
			"org.springframework.context.event.EventListener", "org.springframework.data.jpa.repository.JpaRepository",
			"org.springframework.data.redis.connection.*", "org.springframework.data.redis.core.StringRedisTemplate",
			"org.springframework.data.redis.listener.*", "org.springframework.http.*",
			"org.springframework.scheduling.annotation.*", "org.springframework.stereotype.*",
			"org.springframework.transaction.PlatformTransactionManager",
			"org.springframework.transaction.annotation.*", "org.springframework.transaction.event.*",
			"org.springframework.transaction.support.TransactionTemplate", "org.springframework.web.bind.annotation.*",
			"org.springframework.web.servlet.mvc.method.annotation.SseEmitter",
			"tools.jackson.databind.json.JsonMapper");

	private Imports() {
	}

	static String java() {
		return lines((type) -> true, ";\n");
	}

	/** Without those that hide what Kotlin has itself. */
	static String kotlin() {
		return lines((type) -> !type.equals("java.util.*") && !type.equals("java.util.stream.*"), "\n");
	}

	private static String lines(Predicate<String> wanted, String end) {
		return ALL.stream().filter(wanted).map((type) -> "import " + type + end).collect(Collectors.joining());
	}

}
