package io.github.sseredis.test;

import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class RedisServerIT {

	@ParameterizedTest
	@ValueSource(strings = { "6.2", "7.0" })
	void startsTheVersionWhenOneIsAskedFor(String version) {
		try (RedisServer server = RedisServer.start(RedisOptions.create().version(RedisVersion.parse(version)))) {
			assertThat(server.version()).hasToString(version);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "6.2", "7.0" })
	void understandsDebugWhenItIsAllowed(String version) {
		RedisOptions options = RedisOptions.create().version(RedisVersion.parse(version)).debugCommand();
		try (RedisServer server = RedisServer.start(options)) {
			assertThat(server.command("DEBUG", "SLEEP", "0")).isEqualTo("OK");
		}
	}

	@Test
	void keepsItsDataAndPortWhenRestarted() {
		try (RedisServer server = RedisServer.start()) {
			int port = server.port();
			server.command("SET", "k", "v");
			server.restart();
			assertThat(server.command("GET", "k")).isEqualTo("v");
			assertThat(server.port()).isEqualTo(port);
		}
	}

	@Test
	void isEmptyWhenRestartedEmpty() {
		try (RedisServer server = RedisServer.start()) {
			server.command("SET", "k", "v");
			server.save();
			server.restartEmpty();
			assertThat(server.command("GET", "k")).isNull();
		}
	}

	@Test
	void losesWhatCameAfterTheSaveWhenKilled() {
		try (RedisServer server = RedisServer.start()) {
			server.command("SET", "k", "saved");
			server.save();
			server.command("SET", "k", "later");
			server.kill();
			assertThat(server.isRunning()).isFalse();
			server.startAgain();
			assertThat(server.command("GET", "k")).isEqualTo("saved");
		}
	}

	@Test
	void refusesConnectionsWhenStopped() {
		try (RedisServer server = RedisServer.start()) {
			server.stop();
			assertThat(server.isRunning()).isFalse();
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> server.command("PING"));
		}
	}

	@Test
	void answersNothingWhenPaused() {
		try (RedisServer server = RedisServer.start(); Resp resp = server.resp()) {
			server.pause();
			resp.timeout(Duration.ofMillis(200));
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> resp.command("PING"))
				.withCauseInstanceOf(SocketTimeoutException.class);
			server.resume();
			resp.timeout(Duration.ofSeconds(20));
			assertThat(resp.read()).isEqualTo("PONG");
		}
	}

	@Test
	void stopsWhenPaused() {
		try (RedisServer server = RedisServer.start()) {
			server.pause();
			server.stop();
			assertThat(server.isRunning()).isFalse();
		}
	}

	@Test
	void asksForThePasswordWhenOneIsSet() {
		try (RedisServer server = RedisServer.start(RedisOptions.create().password("secret"));
				Resp stranger = Resp.connect(server.host(), server.port())) {
			assertThat(server.command("PING")).isEqualTo("PONG");
			assertThatExceptionOfType(RespException.class).isThrownBy(() -> stranger.command("PING"))
				.matches((ex) -> ex.code().equals("NOAUTH"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "6.2", "7.0" })
	void letsAUserDoWhatTheAclAllowsWhenOneIsSet(String version) {
		RedisOptions options = RedisOptions.create()
			.version(RedisVersion.parse(version))
			.acl("user app on >pw ~sse:* resetchannels &sse:* +set +auth");
		try (RedisServer server = RedisServer.start(options); Resp resp = Resp.connect(server.host(), server.port())) {
			resp.command("AUTH", "app", "pw");
			assertThat(resp.command("SET", "sse:k", "v")).isEqualTo("OK");
			assertThatExceptionOfType(RespException.class).isThrownBy(() -> resp.command("SET", "k", "v"))
				.matches((ex) -> ex.code().equals("NOPERM"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "6.2", "7.0" })
	void followsWhenItIsAReplica(String version) {
		RedisVersion line = RedisVersion.parse(version);
		try (RedisServer master = RedisServer.start(RedisOptions.create().version(line).password("secret"));
				RedisServer replica = RedisServer.start(RedisOptions.create().version(line).replicaOf(master))) {
			master.command("SET", "k", "v");
			await().atMost(Duration.ofSeconds(30)).until(() -> "v".equals(replica.command("GET", "k")));
			assertThat((List<?>) replica.command("ROLE")).first().isEqualTo("slave");
		}
	}

	@Test
	void showsTheLogWhenItDoesNotStart() {
		assertThatIllegalStateException()
			.isThrownBy(() -> RedisServer.start(RedisOptions.create().arguments("--nonsense", "1")))
			.withMessageContaining("nonsense");
	}

	@Test
	void saysSoWhenThePortIsTaken() {
		try (RedisServer server = RedisServer.start()) {
			assertThatIllegalStateException()
				.isThrownBy(() -> RedisServer.start(RedisOptions.create().port(server.port())))
				.withMessageContaining("in use");
			assertThat(server.command("PING")).isEqualTo("PONG");
		}
	}

	@Test
	void leavesNothingBehindWhenClosed() {
		RedisServer server = RedisServer.start();
		ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
		String directory = (String) ((List<?>) server.command("CONFIG", "GET", "dir")).get(1);
		server.close();
		assertThat(process.isAlive()).isFalse();
		assertThat(Files.exists(Path.of(directory))).isFalse();
	}

	@Test
	void cannotBeStoppedWhenItIsNotOurs() {
		try (RedisServer server = RedisServer.start()) {
			RedisServer foreign = RedisServer.at(server.host(), server.port());
			assertThatIllegalStateException().isThrownBy(foreign::stop);
			foreign.close();
			assertThat(server.isRunning()).isTrue();
		}
	}

}
