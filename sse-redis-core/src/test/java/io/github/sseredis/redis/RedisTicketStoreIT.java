package io.github.sseredis.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.github.sseredis.Ticket;
import io.github.sseredis.TicketStoreException;
import io.github.sseredis.test.RedisExtension;
import io.github.sseredis.test.RedisServer;
import io.github.sseredis.test.TcpProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class RedisTicketStoreIT {

	private static final Duration TTL = Duration.ofSeconds(30);

	@RegisterExtension
	static final RedisExtension redis = RedisExtension.shared();

	private final String prefix = RedisExtension.newPrefix();

	private final LettuceConnectionFactory factory = connect(redis.host(), redis.port());

	private final RedisTicketStore store = store(this.factory);

	private final Ticket ticket = new Ticket(List.of("user:1", "b"), "jin", null, null);

	@AfterEach
	void disconnect() {
		this.factory.destroy();
	}

	@Test
	void oneInstanceTakesOnceWhatAnotherHasIssued() {
		LettuceConnectionFactory other = connect(redis.host(), redis.port());
		try {
			this.store.put("secret", this.ticket, TTL);
			assertThat(store(other).take("secret")).contains(this.ticket);
			assertThat(this.store.take("secret")).isEmpty();
		}
		finally {
			other.destroy();
		}
	}

	@Test
	void ticketIsGoneAfterItsTime() {
		this.store.put("secret", this.ticket, Duration.ofMillis(50));
		await().until(() -> redis.command("KEYS", this.prefix + "*").toString().equals("[]"));
		assertThat(this.store.take("secret")).isEmpty();
	}

	@Test
	void whoReadsRedisSeesNoTicket() {
		this.store.put("secret", this.ticket, TTL);
		assertThat(redis.command("KEYS", this.prefix + "*").toString()).contains(this.prefix + "ticket:")
			.doesNotContain("secret");
	}

	// As docs/security.md and docs/delivery.md say.
	@Test
	void userNeedsTwoCommands() {
		String user = "user-of-" + this.prefix.replace(":", "");
		redis.command("ACL", "SETUSER", user, "on", ">password", "~" + this.prefix + "ticket:*", "-@all", "+psetex",
				"+getdel");
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration(redis.host(), redis.port());
		configuration.setUsername(user);
		configuration.setPassword("password");
		LettuceConnectionFactory restricted = start(new LettuceConnectionFactory(configuration));
		try {
			store(restricted).put("secret", this.ticket, TTL);
			assertThat(store(restricted).take("secret")).contains(this.ticket);
			redis.command("ACL", "SETUSER", user, "-getdel");
			assertThatExceptionOfType(TicketStoreException.class).isThrownBy(() -> store(restricted).take("secret"))
				.withMessageContaining("NOPERM");
		}
		finally {
			restricted.destroy();
			redis.command("ACL", "DELUSER", user);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"@class\":\"java.net.URL\"}", "\u00ac\u00ed\u0000\u0005sr" })
	void whatIsNoTicketIsIgnoredCountedAndLoggedOnce(String entry, CapturedOutput output) {
		for (String id : List.of("one", "two")) {
			String key = RedisLayout.text(RedisLayout.ticket(this.prefix, id));
			redis.command("SET", key, entry);
			assertThat(this.store.take(id)).isEmpty();
		}
		assertThat(this.store.corruptCount()).isEqualTo(2);
		assertThat(output.toString().split("is no ticket", -1)).hasSize(2);
	}

	@Test
	void keyOfAnotherTypeIsAFailureThatSaysSo() {
		redis.command("LPUSH", RedisLayout.text(RedisLayout.ticket(this.prefix, "list")), "x");
		assertThatExceptionOfType(TicketStoreException.class).isThrownBy(() -> this.store.take("list"))
			.withMessageContaining("WRONGTYPE");
	}

	@Test
	void outageIsOneLineAndItsEndAnother(CapturedOutput output) {
		RedisServer server = RedisServer.start();
		LettuceConnectionFactory flaky = connect("localhost", server.port(), Duration.ofSeconds(1));
		try {
			RedisTicketStore tickets = store(flaky);
			server.kill();
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(TicketStoreException.class).isThrownBy(() -> tickets.take("x"));
			}
			server.startAgain();
			await().ignoreExceptions().until(() -> tickets.take("x").isEmpty());
			assertThat(output.toString().split("neither issued nor redeemed", -1)).hasSize(2);
			assertThat(output.toString().split("issued and redeemed again", -1)).hasSize(2);
		}
		finally {
			flaky.destroy();
			server.close();
		}
	}

	// A driver would wait for a minute, and with it a thread of the web server.
	@Test
	void redisThatDoesNotAnswerIsNotWaitedForLong() {
		try (TcpProxy proxy = TcpProxy.to(redis.server())) {
			LettuceConnectionFactory patient = new LettuceConnectionFactory(
					new RedisStandaloneConfiguration(proxy.host(), proxy.port()));
			patient.afterPropertiesSet();
			patient.start();
			try {
				RedisTicketStore tickets = new RedisTicketStore(new RedisCalls(patient, Duration.ofSeconds(2)),
						options());
				tickets.put("secret", this.ticket, TTL);
				proxy.blackHole();
				long begin = System.nanoTime();
				assertThatExceptionOfType(TicketStoreException.class).isThrownBy(() -> tickets.take("secret"));
				assertThatExceptionOfType(TicketStoreException.class)
					.isThrownBy(() -> tickets.put("other", this.ticket, TTL));
				assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
			}
			finally {
				patient.destroy();
			}
		}
	}

	@Test
	void ofAllWhoAskAtOnceOneGetsTheTicket() throws Exception {
		LettuceConnectionFactory other = connect(redis.host(), redis.port());
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			RedisTicketStore otherStore = store(other);
			for (int i = 0; i < 200; i++) {
				String id = "secret" + i;
				this.store.put(id, this.ticket, TTL);
				List<Callable<Boolean>> takers = IntStream.range(0, 8)
					.<Callable<Boolean>>mapToObj(
							(taker) -> () -> (taker % 2 == 0 ? this.store : otherStore).take(id).isPresent())
					.toList();
				int taken = 0;
				for (Future<Boolean> future : threads.invokeAll(takers)) {
					taken += future.get() ? 1 : 0;
				}
				assertThat(taken).as(id).isEqualTo(1);
			}
		}
		finally {
			threads.shutdownNow();
			other.destroy();
		}
	}

	private RedisTicketStore store(LettuceConnectionFactory connectionFactory) {
		return new RedisTicketStore(connectionFactory, options());
	}

	private RedisOptions options() {
		return new RedisOptions(this.prefix, 1, "", new RedisOptions.History(1, 1, TTL),
				new RedisOptions.Publish(1, TTL, TTL));
	}

	private static LettuceConnectionFactory connect(String host, int port) {
		return connect(host, port, Duration.ofSeconds(20));
	}

	private static LettuceConnectionFactory connect(String host, int port, Duration timeout) {
		return start(new LettuceConnectionFactory(new RedisStandaloneConfiguration(host, port),
				LettuceClientConfiguration.builder().commandTimeout(timeout).build()));
	}

	private static LettuceConnectionFactory start(LettuceConnectionFactory factory) {
		factory.afterPropertiesSet();
		factory.start();
		return factory;
	}

}
