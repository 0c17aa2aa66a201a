package io.github.sseredis.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * Counts connections against the limits, and what they refused. Thread-safe: each counter
 * changes atomically, and what was counted before a later counter refused is given back.
 */
final class Admission {

	private final ConnectionLimits limits;

	private final AtomicInteger total = new AtomicInteger();

	private final Map<String, Integer> byPrincipal = new ConcurrentHashMap<>();

	private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

	private final Map<Limit, LongAdder> refusals = new ConcurrentHashMap<>();

	Admission(ConnectionLimits limits) {
		this.limits = limits;
	}

	/**
	 * Counts a connection.
	 * @return the limit that does not admit it; null if it was counted
	 */
	@Nullable Limit admit(int topics, ConnectionOwner owner) {
		Limit limit = count(topics, owner.principal(), owner.address());
		if (limit != null) {
			refused(limit);
		}
		return limit;
	}

	private @Nullable Limit count(int topics, @Nullable String principal, @Nullable String address) {
		if (this.limits.topicsPerConnection() > 0 && topics > this.limits.topicsPerConnection()) {
			return Limit.TOPICS_PER_CONNECTION;
		}
		int now = this.total.incrementAndGet();
		if (this.limits.connections() > 0 && now > this.limits.connections()) {
			this.total.decrementAndGet();
			return Limit.CONNECTIONS;
		}
		if (!count(this.byPrincipal, principal, mostPerPrincipal())) {
			this.total.decrementAndGet();
			return Limit.PER_PRINCIPAL;
		}
		if (!count(this.byAddress, address, this.limits.perAddress())) {
			uncount(this.byPrincipal, principal, mostPerPrincipal());
			this.total.decrementAndGet();
			return Limit.PER_ADDRESS;
		}
		return null;
	}

	// A connection that ends for a newer one counts until the container is done with it,
	// but who does not let it end has as many again and no more.
	private int mostPerPrincipal() {
		return this.limits.principalPolicy() == PrincipalPolicy.END_OLDEST ? 2 * this.limits.perPrincipal()
				: this.limits.perPrincipal();
	}

	/** Whether some of the principal's connections are to end for newer ones. */
	boolean exceedsPerPrincipal(String principal) {
		return this.limits.perPrincipal() > 0
				&& this.byPrincipal.getOrDefault(principal, 0) > this.limits.perPrincipal();
	}

	/** Gives back what {@link #admit} counted. */
	void release(ConnectionOwner owner) {
		uncount(this.byAddress, owner.address(), this.limits.perAddress());
		uncount(this.byPrincipal, owner.principal(), mostPerPrincipal());
		this.total.decrementAndGet();
	}

	int count() {
		return this.total.get();
	}

	/** Counts what a limit did not admit. */
	void refused(Limit limit) {
		this.refusals.computeIfAbsent(limit, (key) -> new LongAdder()).increment();
	}

	/**
	 * How often a limit was the reason: for a refusal, or for the end of an older one.
	 */
	long refusalCount(Limit limit) {
		LongAdder count = this.refusals.get(limit);
		return count != null ? count.sum() : 0;
	}

	private static boolean count(Map<String, Integer> counts, @Nullable String key, int limit) {
		if (limit <= 0 || key == null) {
			return true;
		}
		boolean[] admitted = new boolean[1];
		counts.compute(key, (name, count) -> {
			int before = count != null ? count : 0;
			admitted[0] = before < limit;
			return admitted[0] ? Integer.valueOf(before + 1) : count;
		});
		return admitted[0];
	}

	private static void uncount(Map<String, Integer> counts, @Nullable String key, int limit) {
		if (limit > 0 && key != null) {
			counts.computeIfPresent(key, (name, count) -> count > 1 ? count - 1 : null);
		}
	}

}
