package io.github.sseredis.autoconfigure;

import java.security.Principal;
import java.util.Collection;
import java.util.List;

import io.github.sseredis.SseTopicResolver;
import jakarta.servlet.http.HttpServletRequest;

/** Grants everyone the topic of their own name, and nothing to whom nobody knows. */
final class PrincipalTopicResolver implements SseTopicResolver {

	@Override
	public Collection<String> resolve(HttpServletRequest request) {
		Principal principal = request.getUserPrincipal();
		return (principal != null) ? List.of("user:" + principal.getName()) : List.of();
	}

}
