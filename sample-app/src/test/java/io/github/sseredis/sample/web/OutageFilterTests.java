package io.github.sseredis.sample.web;

import jakarta.servlet.FilterChain;
import org.junit.jupiter.api.Test;

import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

class OutageFilterTests {

	private final HandlerExceptionResolver resolver = mock();

	private final OutageFilter filter = new OutageFilter(this.resolver);

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@Test
	void tellsAnOutageAsAProblem() throws Exception {
		RedisConnectionFailureException outage = new RedisConnectionFailureException("gone");
		this.filter.doFilter(this.request, this.response, failing(outage));
		verify(this.resolver).resolveException(this.request, this.response, null, outage);
	}

	@Test
	void leavesAResponseThatHasBegun() {
		this.response.setCommitted(true);
		assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(() -> this.filter.doFilter(this.request,
				this.response, failing(new QueryTimeoutException("no answer"))));
	}

	@Test
	void asksClientsToComeBack() {
		ResponseEntity<ProblemDetail> answer = new ProblemDetails().handleOutage();
		assertThat(answer.getStatusCode().value()).isEqualTo(503);
		assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("2");
	}

	private static FilterChain failing(RuntimeException failure) {
		return (request, response) -> {
			throw failure;
		};
	}

}
