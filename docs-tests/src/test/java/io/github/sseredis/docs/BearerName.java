package io.github.sseredis.docs;

import java.io.IOException;
import java.security.Principal;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the login of an application: takes a bearer token for the name of its
 * bearer.
 */
final class BearerName implements Filter {

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		String header = ((HttpServletRequest) request).getHeader("Authorization");
		chain.doFilter(new HttpServletRequestWrapper((HttpServletRequest) request) {

			@Override
			public @Nullable Principal getUserPrincipal() {
				return (header != null) ? () -> header.substring("Bearer ".length()) : null;
			}

		}, response);
	}

}
