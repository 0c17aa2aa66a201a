package com.example.secured;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/**
 * Sessions that take long to end, and streams whose end looks who it is and is authorised
 * only after the logout.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(SecuredStreamController.class)
class LogoutRaceHost {

	private final CountDownLatch lookedAt = new CountDownLatch(1);

	private final CountDownLatch loggedOut = new CountDownLatch(1);

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.formLogin(Customizer.withDefaults())
			.csrf((csrf) -> csrf.disable())
			.logout((logout) -> logout.logoutSuccessHandler((request, response, authentication) -> {
				response.setStatus(204);
				this.loggedOut.countDown();
			}))
			.addFilterBefore((Filter) this::awaitLogout, AuthorizationFilter.class)
			.build();
	}

	@Bean
	UserDetailsService users() {
		return new InMemoryUserDetailsManager(User.withUsername("1").password("{noop}pw").build());
	}

	/** The first to be added is the last to be told. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	HttpSessionListener slowListener() {
		return new HttpSessionListener() {
			@Override
			public void sessionDestroyed(HttpSessionEvent event) {
				await(LogoutRaceHost.this.lookedAt, 1);
			}
		};
	}

	private void awaitLogout(ServletRequest request, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getDispatcherType() == DispatcherType.ASYNC) {
			SecurityContextHolder.getContext().getAuthentication();
			this.lookedAt.countDown();
			await(this.loggedOut, 20);
		}
		chain.doFilter(request, response);
	}

	private static void await(CountDownLatch latch, int seconds) {
		try {
			latch.await(seconds, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
