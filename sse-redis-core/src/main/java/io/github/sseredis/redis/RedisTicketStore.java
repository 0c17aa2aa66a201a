package io.github.sseredis.redis;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import io.github.sseredis.SseTickets;
import io.github.sseredis.Ticket;
import io.github.sseredis.TicketStore;
import io.github.sseredis.TicketStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Tickets in Redis, each a key with a time to live that one command reads and removes.
 * The name of the key is a digest of the ticket, so who can read Redis has no ticket.
 *
 * @see <a href="https://redis.io/commands/getdel/">GETDEL</a>
 */
public final class RedisTicketStore implements TicketStore {

	private static final Logger logger = LoggerFactory.getLogger(SseTickets.class);

	/** Failures are of tickets, not of a partition. */
	private static final int ALL = 0;

	private final RedisCalls calls;

	private final RedisOptions options;

	private final FailureLog failures;

	private final AtomicLong corrupt = new AtomicLong();

	public RedisTicketStore(RedisConnectionFactory connectionFactory, RedisOptions options) {
		this(new RedisCalls(connectionFactory), options);
	}

	RedisTicketStore(RedisCalls calls, RedisOptions options) {
		this.calls = calls;
		this.options = options;
		this.failures = new FailureLog(logger, "Tickets can be neither issued nor redeemed",
				"Tickets are issued and redeemed again", options);
	}

	@Override
	public void put(String id, Ticket ticket, Duration ttl) {
		byte[] key = key(id);
		call((connection) -> connection.stringCommands().pSetEx(key, ttl.toMillis(), TicketRecord.encode(ticket)));
	}

	@Override
	public Optional<Ticket> take(String id) {
		byte[] key = key(id);
		Optional<byte[]> entry = call((connection) -> connection.stringCommands().getDel(key));
		Optional<Ticket> ticket = entry.flatMap(TicketRecord::parse);
		if (entry.isPresent() && ticket.isEmpty() && this.corrupt.getAndIncrement() == 0) {
			logger.warn("What is under {} is no ticket, and is ignored; so will be others, without a line each",
					RedisLayout.text(key));
		}
		return ticket;
	}

	/** How many entries were found that are no tickets. */
	public long corruptCount() {
		return this.corrupt.get();
	}

	private byte[] key(String id) {
		return RedisLayout.ticket(this.options.prefix(), id);
	}

	private <T> Optional<T> call(Function<RedisConnection, @Nullable T> command) {
		try {
			Optional<T> answer = this.calls.run((connection) -> Optional.ofNullable(command.apply(connection)));
			this.failures.worked(ALL);
			return answer;
		}
		catch (RuntimeException ex) {
			RedisFailure failure = RedisFailure.of(ex);
			this.failures.failed(ALL, failure);
			throw new TicketStoreException("Redis does not take or give tickets: " + failure.advice(this.options), ex);
		}
	}

}
