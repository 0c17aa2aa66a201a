package io.github.sseredis.test;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Thousands of connections on one thread, for tests of load and of slow clients. It
 * counts the events of each connection and may record the first number in the data of
 * each. Connections are numbered from 0 in the order of opening. An event of type
 * {@code reset} counts apart.
 */
public final class NioSseClients implements AutoCloseable {

	private final NioSseLoop loop = new NioSseLoop();

	private final List<NioSseClient> clients = new CopyOnWriteArrayList<>();

	private NioSseClients() {
	}

	public static NioSseClients create() {
		NioSseClients clients = new NioSseClients();
		clients.loop.start();
		return clients;
	}

	/**
	 * Makes the clients keep the first number in the data of each event.
	 * @return this
	 */
	public NioSseClients recordNumbers() {
		this.loop.recordNumbers();
		return this;
	}

	/**
	 * Makes the receive buffers of the sockets small.
	 * @param bytes their size, which the system may round up
	 * @return this
	 */
	public NioSseClients receiveBuffer(int bytes) {
		this.loop.receiveBuffer(bytes);
		return this;
	}

	public NioSseClients onEvent(Listener listener) {
		this.loop.onEvent(listener);
		return this;
	}

	/**
	 * Opens connections in batches and waits until all are open.
	 * @param uri the stream
	 * @param count how many
	 * @param headers names and values in turn, for all of them
	 * @return the number of the first
	 * @throws AssertionError if one of them does not open with status 200
	 */
	public int open(URI uri, int count, String... headers) {
		Map<String, String> map = new LinkedHashMap<>();
		for (int i = 0; i < headers.length; i += 2) {
			map.put(headers[i], headers[i + 1]);
		}
		int first = start(uri, count, (index) -> map);
		awaitOpen(first, count, Duration.ofSeconds(60));
		return first;
	}

	/**
	 * Opens connections in batches and does not wait.
	 * @param uri the stream
	 * @param count how many
	 * @param headers the headers by the number of the connection, such as
	 * {@code Last-Event-ID}
	 * @return the number of the first
	 */
	public int start(URI uri, int count, IntFunction<Map<String, String>> headers) {
		InetSocketAddress address = new InetSocketAddress(uri.getHost(), (uri.getPort() > 0) ? uri.getPort() : 80);
		int first = this.clients.size();
		List<NioSseClient> added = new ArrayList<>(count);
		for (int index = first; index < first + count; index++) {
			Map<String, String> all = new LinkedHashMap<>();
			all.put("Host", uri.getHost() + ":" + address.getPort());
			all.put("Accept", "text/event-stream");
			all.putAll(headers.apply(index));
			added.add(new NioSseClient(this.loop, index, address, RawSseClientBuilder.request(uri, all)));
		}
		this.clients.addAll(added);
		this.loop.open(added);
		return first;
	}

	/**
	 * Waits until connections are open.
	 * @param first the number of the first
	 * @param count how many
	 * @param timeout how long
	 */
	public void awaitOpen(int first, int count, Duration timeout) {
		List<NioSseClient> wanted = this.clients.subList(first, first + count);
		await(() -> wanted.stream().allMatch((client) -> client.isOpen() || client.end() != StreamEnd.NONE), timeout);
		for (NioSseClient client : wanted) {
			if (client.status() != 200) {
				throw new AssertionError("A connection did not open: status " + client.status() + ", " + this);
			}
		}
	}

	/**
	 * Waits until every connection that has not ended has so many events.
	 * @param perConnection how many
	 * @param timeout how long
	 */
	public void awaitEvents(long perConnection, Duration timeout) {
		await(() -> this.clients.stream()
			.allMatch((client) -> client.end() != StreamEnd.NONE || client.events() >= perConnection), timeout);
	}

	/**
	 * Waits until all connections have ended. Paused ones do not see their end.
	 * @param timeout how long
	 */
	public void awaitAllEnded(Duration timeout) {
		await(() -> openCount() == 0 && this.clients.stream().allMatch((client) -> client.end() != StreamEnd.NONE),
				timeout);
	}

	public int size() {
		return this.clients.size();
	}

	public int openCount() {
		return (int) this.clients.stream().filter(NioSseClient::isOpen).count();
	}

	/**
	 * How many connections ended in each way.
	 * @return the counts, without ways in which none ended
	 */
	public Map<StreamEnd, Long> ends() {
		Map<StreamEnd, Long> counts = new TreeMap<>();
		this.clients.forEach((client) -> counts.merge(client.end(), 1L, Long::sum));
		counts.remove(StreamEnd.NONE);
		return counts;
	}

	public StreamEnd end(int index) {
		return this.clients.get(index).end();
	}

	public int status(int index) {
		return this.clients.get(index).status();
	}

	public long events(int index) {
		return this.clients.get(index).events();
	}

	public long resets(int index) {
		return this.clients.get(index).resets();
	}

	/**
	 * The numbers that a connection received.
	 * @param index the number of the connection
	 * @return the first number in the data of each event, -1 for an event without one
	 */
	public long[] numbers(int index) {
		return this.clients.get(index).numbers();
	}

	/**
	 * The last event ID of a connection as a browser would hold it.
	 * @param index the number of the connection
	 * @return the ID, empty if it has none
	 */
	public String lastEventId(int index) {
		return this.clients.get(index).lastEventId();
	}

	public long totalEvents() {
		return this.loop.totalEvents();
	}

	public long totalBytes() {
		return this.loop.totalBytes();
	}

	/**
	 * Stops reading connections; when this returns nothing more is taken off their
	 * sockets, and their end is not seen.
	 * @param which the numbers of the connections
	 */
	public void pause(IntPredicate which) {
		change(which, (client) -> pause(client, true));
	}

	public void resume(IntPredicate which) {
		change(which, (client) -> pause(client, false));
	}

	/**
	 * Closes connections.
	 * @param which the numbers of the connections
	 */
	public void close(IntPredicate which) {
		change(which, (client) -> client.close(false));
	}

	/**
	 * Resets connections, so that the server's next write to them fails.
	 * @param which the numbers of the connections
	 */
	public void reset(IntPredicate which) {
		change(which, (client) -> client.close(true));
	}

	@Override
	public void close() {
		if (!this.loop.isClosed()) {
			close((index) -> true);
			this.loop.close();
		}
	}

	@Override
	public String toString() {
		return size() + " connections, " + openCount() + " open, ended " + ends() + ", " + totalEvents() + " events";
	}

	private void pause(NioSseClient client, boolean paused) {
		client.paused(paused);
		client.updateInterest();
	}

	private void change(IntPredicate which, Consumer<NioSseClient> change) {
		this.loop.run(() -> {
			for (int index = 0; index < this.clients.size(); index++) {
				if (which.test(index)) {
					change.accept(this.clients.get(index));
				}
			}
		});
	}

	private void await(BooleanSupplier condition, Duration timeout) {
		try {
			Awaitility.await()
				.pollInSameThread()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(10))
				.atMost(timeout)
				.until(condition::getAsBoolean);
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError("Waited " + timeout + ": " + this, ex);
		}
	}

	/**
	 * Sees each event on the selector thread, for example to measure its way.
	 */
	@FunctionalInterface
	public interface Listener {

		void onEvent(int index, long number);

	}

}
