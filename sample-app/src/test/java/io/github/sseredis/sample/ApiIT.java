package io.github.sseredis.sample;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import io.github.sseredis.test.ReceivedEvent;
import io.github.sseredis.test.SseClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is answered to whom, by HTTP Basic as with curl. */
class ApiIT {

	private static final SampleInstance a = SampleCluster.shared().a();

	private static final SampleInstance b = SampleCluster.shared().b();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/api/orders        | {"martId": 7, "item": " ", "quantity": 2}            | item
			/api/orders        | {"martId": 7, "item": "a\\u0000b", "quantity": 2}    | item
			/api/orders        | {"martId": 7, "item": "Kimbap", "quantity": 0}       | quantity
			/api/orders        | {"martId": 7, "item": "Kimbap"}                      | quantity
			/api/orders        | {"martId": 7, "item": "Kimbap", "quantity": "many"}  | quantity
			/api/orders        | {"martId": 99, "item": "Kimbap", "quantity": 2}      | martId
			/api/orders        | {"martId": "x", "item": "Kimbap", "quantity": 2}     | martId
			/api/videos        | {"title": ""}                                        | title
			/api/announcements | {"text": null}                                       | text
			""")
	void wrongFieldOfABodyIsNamed(String path, String json, String field) {
		HttpResponse<String> response = a.post("admin", path, json);
		assertProblem(response, 400);
		assertThat(JsonPath.<Map<String, String>>read(response.body(), "$.errors")).containsOnlyKeys(field);
	}

	@ParameterizedTest
	@CsvSource({ "/api/orders, martId", "/api/orders?martId=x, martId", "/api/notifications?page=-1, page",
			"/api/notifications?page=x, page", "/api/notifications?unread=perhaps, unread" })
	void wrongParameterIsNamed(String path, String parameter) {
		HttpResponse<String> response = a.get("customer-1", path);
		assertProblem(response, 400);
		assertThat(JsonPath.<Map<String, String>>read(response.body(), "$.errors")).containsOnlyKeys(parameter);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "null", "\"text\"" })
	void whatIsNoBodyIsAProblem(String json) {
		assertProblem(a.post("customer-1", "/api/orders", json), 400);
	}

	@Test
	void emptyParametersAreAsIfNotThere() {
		HttpResponse<String> response = a.get("customer-1", "/api/notifications?unread=&page=");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(JsonPath.<Integer>read(response.body(), "$.page")).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "GET, /api/stream", "GET, /api/orders?martId=7", "GET, /api/notifications", "POST, /api/orders",
			"POST, /api/announcements", "PATCH, /api/notifications/1/read", "GET, /api/nowhere", "GET, /actuator/sse" })
	void anonymousRequestIsRefusedAndNotSentToTheLoginPage(String method, String path) {
		HttpResponse<String> response = a.send(null, path, method, method.equals("POST") ? "{}" : null);
		assertProblem(response, 401);
		assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
		assertThat(response.headers().firstValue("Set-Cookie").orElse("")).doesNotContain("SESSION");
	}

	@Test
	void wrongPasswordIsRefused() {
		HttpResponse<String> response = a.get("nobody", "/api/orders?martId=7");
		assertProblem(response, 401);
	}

	@ParameterizedTest
	@CsvSource({ "customer-1, POST, /api/campaigns/1/close", "mart-7, POST, /api/campaigns/1/close",
			"customer-1, GET, /api/campaigns", "mart-7, POST, /api/announcements", "customer-2, GET, /actuator/sse" })
	void whatIsTheAdministratorsIsForbiddenToOthers(String user, String method, String path) {
		assertProblem(a.send(user, path, method, path.endsWith("announcements") ? "{\"text\":\"x\"}" : null), 403);
	}

	@ParameterizedTest
	@CsvSource({ "customer-1, GET, /api/orders?martId=7", "mart-7, GET, /api/orders?martId=70",
			"admin, POST, /api/campaigns/99/close", "customer-1, GET, /api/nowhere",
			"customer-1, PATCH, /api/notifications/999999/read", "customer-1, DELETE, /api/notifications/999999",
			"customer-1, GET, /api/videos/999999/film" })
	void whatIsNotThereOrNotTheUsersIsNotFound(String user, String method, String path) {
		assertProblem(a.send(user, path, method, null), 404);
	}

	@Test
	void nobodyReadsOrDeletesNotificationsOfOthers() {
		try (SseClient owner = a.stream("customer-1")) {
			a.post("admin", "/api/campaigns/3/close", null);
			ReceivedEvent event = owner
				.awaitEvent((each) -> each.type().equals("notification") && each.data().contains("weather station"));
			String path = "/api/notifications/" + JsonPath.read(event.data(), "$.notification.id");
			for (String other : List.of("customer-2", "mart-7", "admin")) {
				assertProblem(b.send(other, path + "/read", "PATCH", null), 404);
				assertProblem(b.send(other, path, "DELETE", null), 404);
				assertThat(b.get(other, "/api/notifications").body())
					.doesNotContain("\"id\":" + JsonPath.read(event.data(), "$.notification.id") + ",");
			}
			assertThat(JsonPath.<List<Boolean>>read(b.get("customer-1", "/api/notifications?unread=true").body(),
					"$.notifications[?(@.id==" + JsonPath.read(event.data(), "$.notification.id") + ")].read"))
				.containsExactly(false);
			assertThat(b.send("customer-1", path + "/read", "PATCH", null).statusCode()).isEqualTo(200);
			assertThat(b.send("customer-1", path, "DELETE", null).statusCode()).isEqualTo(204);
			assertProblem(b.send("customer-1", path, "DELETE", null), 404);
		}
	}

	@Test
	void nobodySeesVideosOfOthers() {
		int id = JsonPath.read(a.post("customer-2", "/api/videos", """
				{"title": "Mine"}""").body(), "$.id");
		b.awaitVideo("customer-2", id);
		assertProblem(b.get("customer-1", "/api/videos/" + id + "/thumbnail"), 404);
		assertThat(JsonPath.<List<Integer>>read(b.get("customer-1", "/api/videos").body(), "$.videos[*].id"))
			.doesNotContain(id);
	}

	private static void assertProblem(HttpResponse<String> response, int status) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(JsonPath.<Integer>read(response.body(), "$.status")).isEqualTo(status);
	}

}
