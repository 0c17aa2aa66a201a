package io.github.sseredis.checker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/** Lets everything through to clients but resets. */
final class ResetSwallower implements Filter {

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		chain.doFilter(request, new WithoutResets((HttpServletResponse) response));
	}

	private static final class WithoutResets extends HttpServletResponseWrapper {

		WithoutResets(HttpServletResponse response) {
			super(response);
		}

		@Override
		public ServletOutputStream getOutputStream() throws IOException {
			return new Output(super.getOutputStream());
		}

	}

	private static final class Output extends ServletOutputStream {

		private final ServletOutputStream target;

		Output(ServletOutputStream target) {
			this.target = target;
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
			if (!text.startsWith("event:reset") && !text.startsWith("event: reset")) {
				this.target.write(bytes, offset, length);
			}
		}

		@Override
		public void write(int b) throws IOException {
			this.target.write(b);
		}

		@Override
		public void flush() throws IOException {
			this.target.flush();
		}

		@Override
		public boolean isReady() {
			return this.target.isReady();
		}

		@Override
		public void setWriteListener(WriteListener listener) {
			this.target.setWriteListener(listener);
		}

	}

}
