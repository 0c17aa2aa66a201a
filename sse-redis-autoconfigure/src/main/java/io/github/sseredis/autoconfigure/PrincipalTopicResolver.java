package io.github.sseredis.autoconfigure;

import java.security.Principal;
import java.util.Collection;
import java.util.List;

import io.github.sseredis.SseTopicResolver;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.util.StringUtils;

/**
 * Grants everyone the topic of their own name, and nothing to whom nobody knows or who
 * has none: a token need not say whose it is.
 */
final class PrincipalTopicResolver implements SseTopicResolver {

	@Override
	public Collection<String> resolve(HttpServletRequest request) {
		Principal principal = request.getUserPrincipal();
		String name = (principal != null) ? principal.getName() : null;
		return StringUtils.hasLength(name) ? List.of("user:" + name) : List.of();
	}

}
