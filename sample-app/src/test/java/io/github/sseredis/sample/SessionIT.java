package io.github.sseredis.sample;

import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.jayway.jsonpath.JsonPath;
import io.github.sseredis.test.SseTestClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a browser does: it logs in by the form, and has cookies. */
class SessionIT {

	private static final SampleInstance a = SampleCluster.shared().a();

	private static final SampleInstance b = SampleCluster.shared().b();

	private final CookieManager cookies = new CookieManager();

	private final HttpClient browser = HttpClient.newBuilder().cookieHandler(this.cookies).build();

	@Test
	void pageSendsToTheLoginPageAndTheSessionIsValidOnEveryInstance() throws Exception {
		HttpResponse<String> page = send(HttpRequest.newBuilder(a.address()).header("Accept", "text/html"));
		assertThat(page.statusCode()).isEqualTo(302);
		assertThat(page.headers().firstValue("Location").orElseThrow()).endsWith("/login");
		assertThat(send(HttpRequest.newBuilder(a.address().resolve("/login"))).body()).contains("<form");
		assertThat(login(a, "customer-1", "password").headers().firstValue("Location").orElseThrow())
			.doesNotContain("error");
		HttpResponse<String> other = send(HttpRequest.newBuilder(b.address().resolve("/api/me")));
		assertThat(other.statusCode()).isEqualTo(200);
		assertThat(other.body()).contains("customer-1");
	}

	@Test
	void wrongPasswordLeadsBackToTheLoginPage() throws Exception {
		send(HttpRequest.newBuilder(a.address().resolve("/login")));
		assertThat(login(a, "customer-1", "wrong").headers().firstValue("Location").orElseThrow())
			.endsWith("/login?error");
	}

	@Test
	void changeWithASessionNeedsTheToken() throws Exception {
		send(HttpRequest.newBuilder(a.address().resolve("/login")));
		login(a, "customer-1", "password");
		URI videos = b.address().resolve("/api/videos");
		HttpRequest.Builder upload = HttpRequest.newBuilder(videos)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"title\":\"With a session\"}"));
		assertThat(send(upload).statusCode()).isEqualTo(403);
		assertThat(send(upload.copy().header("Authorization", "Bearer none")).statusCode()).isEqualTo(403);
		HttpResponse<String> accepted = send(upload.header("X-XSRF-TOKEN", token()));
		assertThat(accepted.statusCode()).isEqualTo(202);
		b.awaitVideo("customer-1", JsonPath.read(accepted.body(), "$.id"));
	}

	@Test
	void logoutOnOneInstanceEndsTheStreamsOnEveryInstance() throws Exception {
		send(HttpRequest.newBuilder(a.address().resolve("/login")));
		login(a, "customer-2", "password");
		try (SseTestClient stream = SseTestClient.to(b.address().resolve("/api/stream"))
			.header("Cookie", "SESSION=" + cookie("SESSION"))
			.open()
			.awaitOpen()) {
			post(a, "/logout", "");
			assertThat(stream.awaitClosing(Duration.ofSeconds(30)).byServer()).isTrue();
		}
		assertThat(send(HttpRequest.newBuilder(b.address().resolve("/api/me"))).statusCode()).isEqualTo(401);
	}

	private HttpResponse<String> login(SampleInstance instance, String user, String password) throws Exception {
		return post(instance, "/login", "username=" + user + "&password=" + password);
	}

	private HttpResponse<String> post(SampleInstance instance, String path, String form) throws Exception {
		return send(HttpRequest.newBuilder(instance.address().resolve(path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("_csrf=" + URLEncoder.encode(token(), StandardCharsets.UTF_8) + "&" + form)));
	}

	private String token() {
		return cookie("XSRF-TOKEN");
	}

	private String cookie(String name) {
		return this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals(name))
			.map(HttpCookie::getValue)
			.findFirst()
			.orElseThrow();
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.browser.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
	}

}
