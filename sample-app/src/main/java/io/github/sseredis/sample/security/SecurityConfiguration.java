package io.github.sseredis.sample.security;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Pages log in by a form, with a session that all instances share; everything else by
 * HTTP Basic, without one. Nothing here is about streams: they are requests like others.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private static final String ADMIN = "ADMIN";

	/** What answers with problem details and not with the login page. */
	private static final RequestMatcher API = new OrRequestMatcher(path("/api/**"), path("/actuator/**"));

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http, SecurityProblems problems) throws Exception {
		return http.authorizeHttpRequests(SecurityConfiguration::rules)
			.formLogin((login) -> login.loginPage("/login").permitAll())
			.logout((logout) -> logout.logoutSuccessUrl("/login?logout"))
			.httpBasic((basic) -> basic.authenticationEntryPoint(problems))
			// A login leads to the one page there is, by a relative address: behind a
			// proxy
			// the one that was asked for may not be known.
			.requestCache((cache) -> cache.disable())
			.exceptionHandling((handling) -> handling.defaultAuthenticationEntryPointFor(problems, API)
				.defaultAccessDeniedHandlerFor(problems, API))
			.csrf(SecurityConfiguration::csrf)
			.build();
	}

	private static void rules(
			AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
		requests
			.requestMatchers("/login", "/login.html", "/css/**", "/js/**", "/sse-client.js", "/error",
					"/actuator/health/**")
			.permitAll()
			.requestMatchers(HttpMethod.POST, "/api/announcements")
			.hasRole(ADMIN)
			.requestMatchers("/api/campaigns/**", "/actuator/**")
			.hasRole(ADMIN)
			.anyRequest()
			.authenticated();
	}

	// The pages are files, so the token is in a cookie, from where their scripts put it
	// into a header or a form. It is in no body, so it need not be masked there. It is
	// needed where a browser adds what authenticates by itself, the cookie of a session;
	// credentials it is never asked for (see SecurityProblems).
	private static void csrf(CsrfConfigurer<HttpSecurity> csrf) {
		CsrfTokenRequestAttributeHandler eager = new CsrfTokenRequestAttributeHandler();
		eager.setCsrfRequestAttributeName(null);
		csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
			.csrfTokenRequestHandler(eager)
			.ignoringRequestMatchers(SecurityConfiguration::hasBasicCredentials,
					SecurityConfiguration::isApiWithoutSession);
	}

	private static boolean hasBasicCredentials(HttpServletRequest request) {
		String credentials = request.getHeader(HttpHeaders.AUTHORIZATION);
		return credentials != null && credentials.regionMatches(true, 0, "Basic ", 0, 6);
	}

	private static boolean isApiWithoutSession(HttpServletRequest request) {
		return API.matches(request) && request.getRequestedSessionId() == null;
	}

	private static RequestMatcher path(String pattern) {
		return PathPatternRequestMatcher.withDefaults().matcher(pattern);
	}

	@Bean
	PasswordEncoder passwordEncoder() {
		return PasswordEncoderFactories.createDelegatingPasswordEncoder();
	}

}
