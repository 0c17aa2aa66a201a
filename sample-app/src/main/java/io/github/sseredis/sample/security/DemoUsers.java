package io.github.sseredis.sample.security;

import java.util.Map;

import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

/**
 * Who can log in. Everybody may know the passwords, so they are not encoded; those of a
 * real application begin with <code>{bcrypt}</code>.
 */
@Component
class DemoUsers implements UserDetailsService {

	private static final Map<String, String> ROLES = Map.of("customer-1", "CUSTOMER", "customer-2", "CUSTOMER",
			"mart-7", "OWNER", "admin", "ADMIN");

	@Override
	public UserDetails loadUserByUsername(String username) {
		String role = ROLES.get(username);
		if (role == null) {
			throw new UsernameNotFoundException(username);
		}
		return User.withUsername(username).password("{noop}password").roles(role).build();
	}

}
