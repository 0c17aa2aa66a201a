package io.github.sseredis.test;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What a node of a Redis Cluster knows of one: a line of {@code CLUSTER NODES}.
 *
 * @param id the name of the node
 * @param flags for example {@code myself}, {@code master}, {@code fail}
 * @param master the name of the node it follows, {@code -} for none
 * @param slots ranges of slots
 */
record ClusterView(String id, Set<String> flags, String master, List<String> slots) {

	static List<ClusterView> of(RedisServer node) {
		return String.valueOf(node.command("CLUSTER", "NODES"))
			.lines()
			.map((line) -> line.split(" "))
			.map((fields) -> new ClusterView(fields[0], Set.of(fields[2].split(",")), fields[3],
					Arrays.stream(fields).skip(8).filter((range) -> !range.startsWith("[")).toList()))
			.toList();
	}

	/** What a node knows of itself. */
	static ClusterView ofItself(RedisServer node) {
		return of(node).stream().filter((view) -> view.flags.contains("myself")).findFirst().orElseThrow();
	}

	boolean isMaster() {
		return this.flags.contains("master");
	}

	boolean serves(int slot) {
		return this.slots.stream()
			.map((range) -> range.split("-"))
			.anyMatch((ends) -> Integer.parseInt(ends[0]) <= slot && slot <= Integer.parseInt(ends[ends.length - 1]));
	}

}
