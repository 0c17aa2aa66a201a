package io.github.sseredis.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What a native image cannot see that the library needs: the scripts of Redis, the one of
 * browsers, and what it looks up in Tomcat.
 */
final class SseRuntimeHints implements RuntimeHintsRegistrar {

	private static final List<String> TOMCAT = List.of("org.apache.catalina.connector.RequestFacade",
			"org.apache.coyote.AbstractProcessor", "org.apache.coyote.AsyncStateMachine", "org.apache.coyote.Request",
			"org.apache.coyote.http2.AbstractStream", "org.apache.coyote.http2.Http2UpgradeHandler",
			"org.apache.coyote.http2.Stream", "org.apache.coyote.http2.StreamProcessor");

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.resources()
			.registerPattern("io/github/sseredis/redis/*.lua")
			.registerPattern(ClientScriptEndpoint.RESOURCE);
		for (String type : TOMCAT) {
			hints.reflection()
				.registerTypeIfPresent(classLoader, type, MemberCategory.ACCESS_DECLARED_FIELDS,
						MemberCategory.INVOKE_DECLARED_METHODS, MemberCategory.INVOKE_PUBLIC_METHODS);
		}
		// By name: the class cannot be loaded without Tomcat.
		hints.reflection()
			.registerTypeIfPresent(classLoader, "io.github.sseredis.autoconfigure.SmallBuffersProtocol",
					MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
	}

}
