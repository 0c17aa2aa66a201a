package io.github.sseredis.sample.stream;

import java.util.List;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** What a user is, as pages and topics ask. */
final class Roles {

	private static final String PREFIX = "ROLE_";

	private Roles() {
	}

	static boolean isAdmin(Authentication user) {
		return of(user).contains("ADMIN");
	}

	static List<String> of(Authentication user) {
		return user.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.filter((authority) -> authority != null && authority.startsWith(PREFIX))
			.map((authority) -> authority.substring(PREFIX.length()))
			.toList();
	}

}
