package io.github.sseredis.benchmarks.client;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * What a connection asks for.
 *
 * @param address the server
 * @param path path and query
 * @param topics the numbers of the topics that the stream carries
 */
public record StreamTarget(InetSocketAddress address, String path, List<Integer> topics) {

	/** The same of another server. */
	public StreamTarget at(InetSocketAddress other) {
		return new StreamTarget(other, this.path, this.topics);
	}

}
