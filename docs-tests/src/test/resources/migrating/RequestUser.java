/** Stands for the login of an application. */
@Component
class RequestUser implements jakarta.servlet.Filter {

	@Override
	public void doFilter(jakarta.servlet.ServletRequest request, jakarta.servlet.ServletResponse response,
			jakarta.servlet.FilterChain chain) throws IOException, jakarta.servlet.ServletException {
		jakarta.servlet.http.HttpServletRequest http = (jakarta.servlet.http.HttpServletRequest) request;
		String user = http.getHeader("X-User");
		chain.doFilter(new jakarta.servlet.http.HttpServletRequestWrapper(http) {

			@Override
			public Principal getUserPrincipal() {
				return (user != null) ? () -> user : null;
			}

		}, response);
	}

}
