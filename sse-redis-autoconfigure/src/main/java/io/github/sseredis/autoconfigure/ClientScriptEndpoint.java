package io.github.sseredis.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Serves the JavaScript client. A browser asks each time whether it is still the same, so
 * that a new version of the library brings its client with it.
 */
@Controller
class ClientScriptEndpoint {

	static final String RESOURCE = "io/github/sseredis/autoconfigure/sse-client.js";

	private static final MediaType JAVASCRIPT = new MediaType("text", "javascript", StandardCharsets.UTF_8);

	private final byte[] script;

	private final String etag;

	ClientScriptEndpoint() throws IOException {
		try (InputStream in = new ClassPathResource(RESOURCE).getInputStream()) {
			this.script = in.readAllBytes();
		}
		this.etag = "\"" + DigestUtils.md5DigestAsHex(this.script) + "\"";
	}

	// Not by a message converter: which there are is for the application to say.
	@GetMapping("/sse-client.js")
	public void script(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noCache().getHeaderValue());
		if (new ServletWebRequest(request, response).checkNotModified(this.etag)) {
			return;
		}
		response.setContentType(JAVASCRIPT.toString());
		response.setContentLength(this.script.length);
		response.getOutputStream().write(this.script);
	}

}
