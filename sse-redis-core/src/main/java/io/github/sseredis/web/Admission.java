package io.github.sseredis.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Counts connections against the limits. Thread-safe: each counter changes atomically,
 * and what was counted before a later counter refused is given back.
 */
final class Admission {

	private final ConnectionLimits limits;

	private final AtomicInteger total = new AtomicInteger();

	private final Map<String, Integer> byPrincipal = new ConcurrentHashMap<>();

	private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

	Admission(ConnectionLimits limits) {
		this.limits = limits;
	}

	/**
	 * Counts a connection.
	 * @return the limit that does not admit it; null if it was counted
	 */
	@Nullable String admit(int topics, @Nullable String principal, @Nullable String address) {
		if (this.limits.topicsPerConnection() > 0 && topics > this.limits.topicsPerConnection()) {
			return "topics-per-connection";
		}
		int now = this.total.incrementAndGet();
		if (this.limits.connections() > 0 && now > this.limits.connections()) {
			this.total.decrementAndGet();
			return "connections";
		}
		if (!count(this.byPrincipal, principal, this.limits.perPrincipal())) {
			this.total.decrementAndGet();
			return "per-principal";
		}
		if (!count(this.byAddress, address, this.limits.perAddress())) {
			uncount(this.byPrincipal, principal, this.limits.perPrincipal());
			this.total.decrementAndGet();
			return "per-address";
		}
		return null;
	}

	/** Gives back what {@link #admit} counted. */
	void release(@Nullable String principal, @Nullable String address) {
		uncount(this.byAddress, address, this.limits.perAddress());
		uncount(this.byPrincipal, principal, this.limits.perPrincipal());
		this.total.decrementAndGet();
	}

	int count() {
		return this.total.get();
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
