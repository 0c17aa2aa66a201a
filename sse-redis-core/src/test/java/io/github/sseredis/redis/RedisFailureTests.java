package io.github.sseredis.redis;

import java.io.IOException;
import java.time.Duration;

import javax.net.ssl.SSLException;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;

import static org.assertj.core.api.Assertions.assertThat;

class RedisFailureTests {

	private static final RedisOptions options = new RedisOptions("sse:app:", 2, "app",
			new RedisOptions.History(1000, 10_000, Duration.ofHours(1)),
			new RedisOptions.Publish(1024, Duration.ofSeconds(30), Duration.ofMinutes(10)));

	private static RedisFailure of(Exception driver) {
		return RedisFailure.of(new RedisSystemException("Error in execution", driver));
	}

	// Texts as 6.2 and 7.0 give them.
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					OUT_OF_MEMORY | OOM command not allowed when used memory > 'maxmemory'. script: x, on @user_script:1.
					OUT_OF_MEMORY | ERR Error running script (call to f_x): @user_script:36: @user_script: 36: -OOM command not allowed when used memory > 'maxmemory'.
					READ_ONLY     | READONLY You can't write against a read only replica. script: x, on @user_script:1.
					READ_ONLY     | ERR Error running script (call to f_x): @user_script:36: -READONLY You can't write against a read only replica.
					DENIED        | NOPERM this user has no permissions to access one of the keys used as arguments
					DENIED        | ERR The user executing the script can't run this command or subcommand script: x
					LOGIN         | WRONGPASS invalid username-password pair or user is disabled.
					LOGIN         | NOAUTH Authentication required.
					OTHER_LAYOUT  | SSELAYOUT 2 4
					FOREIGN_KEY   | WRONGTYPE Operation against a key holding the wrong kind of value
					OTHER         | LOADING Redis is loading the dataset in memory
					OTHER         | BUSY Redis is busy running a script.
					""")
	void errorOfTheServerMeansNotCarriedOut(RedisFailure.Kind kind, String error) {
		for (Exception driver : new Exception[] { new RedisCommandExecutionException(error),
				new JedisDataException(error) }) {
			RedisFailure failure = of(driver);
			assertThat(failure.kind()).isEqualTo(kind);
			assertThat(failure.isOutcomeUnknown()).isFalse();
			assertThat(failure.advice(options)).contains(error);
		}
	}

	@Test
	void nothingFromTheServerMeansThatTheOutcomeIsUnknown() {
		for (Exception driver : new Exception[] {
				new RedisCommandTimeoutException("Command timed out after 1 minute(s)"),
				new RedisException(new IOException("Connection reset by peer")),
				new RedisException(new SSLException("SSL peer shut down incorrectly")), new IOException("EOF reached"),
				new JedisConnectionException("Unexpected end of stream."),
				new JedisClusterOperationException("No more cluster attempts left.",
						new JedisConnectionException("Failed to connect", new java.net.ConnectException())),
				new IllegalStateException("TLS broke"), new QueryTimeoutException("Redis command timed out") }) {
			assertThat(of(driver).isOutcomeUnknown()).as(driver.toString()).isTrue();
			assertThat(of(driver).kind()).isEqualTo(RedisFailure.Kind.UNREACHABLE);
		}
	}

	@Test
	void noConnectionMeansNotSent() {
		for (RuntimeException failure : new RuntimeException[] {
				new NoConnectionException(new IllegalStateException("LettuceConnectionFactory has been STOPPED")),
				new RedisConnectionFailureException("Unable to connect to Redis",
						new RedisConnectionException("Unable to connect to localhost:1")),
				new RedisSystemException("x",
						new RedisException("Currently not connected. Commands are rejected.")) }) {
			assertThat(RedisFailure.of(failure).isOutcomeUnknown()).isFalse();
			assertThat(RedisFailure.of(failure).advice(options)).startsWith("Redis cannot be reached");
		}
	}

	@Test
	void recognizesAScriptThatIsNotThere() {
		assertThat(of(new RedisCommandExecutionException("NOSCRIPT No matching script.")).isScriptUnknown()).isTrue();
		assertThat(of(new RedisCommandExecutionException("ERR no")).isScriptUnknown()).isFalse();
	}

}
