package io.github.sseredis.web;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.github.sseredis.ConnectionInfo;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.EventEncoder;
import io.github.sseredis.EventFrame;
import io.github.sseredis.ResetReason;
import io.github.sseredis.SseEvent;
import io.github.sseredis.SubscribeRequest;
import io.github.sseredis.log.EventLog;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The registry over an event log. As a lifecycle bean of the last phase it stops before
 * the web server begins to wait for its requests, which streams would never let it end.
 */
public final class DefaultEmitterRegistry implements EmitterRegistry, SmartLifecycle, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(EmitterRegistry.class);

	/** Until the container is done with them; the ones not admitted too. */
	private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

	private final EventLog log;

	private final EventEncoder encoder;

	private final ConnectionStatistics statistics = new ConnectionStatistics();

	private final ConnectionContext context;

	private final ConnectionLimits limits;

	private final Admission admission;

	private final Supervisor supervisor;

	private final Function<String, CompletableFuture<Void>> disconnector;

	private final OwnerResolver ownerResolver;

	private volatile boolean running;

	/** Creates a registry that asks the container whom a connection belongs to. */
	public DefaultEmitterRegistry(EventLog log, EventEncoder encoder, ConnectionOptions options,
			ConnectionLimits limits, Function<String, CompletableFuture<Void>> disconnector) {
		this(log, encoder, options, limits, disconnector, OwnerResolver.ofContainer());
	}

	/**
	 * Creates a registry.
	 * @param log what connections read
	 * @param encoder for what only one connection receives
	 * @param disconnector tells all instances to end the connections of a principal
	 * @param ownerResolver finds out whom a connection belongs to
	 */
	public DefaultEmitterRegistry(EventLog log, EventEncoder encoder, ConnectionOptions options,
			ConnectionLimits limits, Function<String, CompletableFuture<Void>> disconnector,
			OwnerResolver ownerResolver) {
		this.log = log;
		this.encoder = encoder;
		Jitter jitter = new Jitter(() -> ThreadLocalRandom.current().nextDouble());
		this.context = new ConnectionContext(log, new WireBlocks(options, jitter), Drainers.create(),
				new DrainBuffers(), this::whenTrue, this.statistics, System::nanoTime, this::ended, this::closed);
		this.admission = new Admission(limits);
		this.supervisor = new Supervisor(this.connections, this.context, Supervisor.newScheduler());
		this.limits = limits;
		this.disconnector = disconnector;
		this.ownerResolver = ownerResolver;
		new ControlReader(log, this.supervisor::execute, new LocalOrders());
	}

	@Override
	public SseEmitter subscribe(String... topics) {
		return subscribe(SubscribeRequest.of(topics));
	}

	@Override
	public SseEmitter subscribe(SubscribeRequest request) {
		ClientRequest client = ClientRequest.current(request, this.ownerResolver);
		ConnectionOwner owner = client.owner();
		Connection connection;
		if (this.supervisor.isDraining()) {
			connection = refuse(client.http(), owner, List.of());
		}
		else if (client.isLastEventIdTooLong()) {
			this.admission.refused(Limit.LAST_EVENT_ID);
			connection = refuse(client.http(), owner, List.of(resetFromNow(client)));
		}
		else {
			Limit limit = this.admission.admit(client.topics().size(), owner);
			connection = limit == null ? open(client, request) : refuse(client.http(), owner, List.of());
		}
		RequestConnections.add(client.http(), connection);
		return connection.emitter();
	}

	// The client's ID is worth nothing here, and it would send it for ever.
	private byte[] resetFromNow(ClientRequest client) {
		return this.context.blocks().reset(ResetReason.MALFORMED, client.topics(), this.log.lastEventId());
	}

	@Override
	public SseEmitter refuse(SseEvent... events) {
		HttpServletRequest http = ClientRequest.currentHttp();
		ConnectionOwner owner = new ConnectionOwner(this.ownerResolver.resolve(http).name(), http.getRemoteAddr());
		List<byte[]> frames = Arrays.stream(events)
			.map((event) -> EventFrame.withoutId(this.encoder.fields(event)))
			.toList();
		Connection connection = refuse(http, owner, frames);
		RequestConnections.add(http, connection);
		return connection.emitter();
	}

	private Connection open(ClientRequest client, SubscribeRequest request) {
		Opening opening = client.opening(this.context.options().timeout());
		Connection connection = new Connection(this.context, client.owner(), opening, client.aborter(),
				client.inContainer());
		this.connections.add(connection);
		this.statistics.connectionOpened();
		String principal = client.owner().principal();
		if (principal != null && this.admission.exceedsPerPrincipal(principal)) {
			endOldest(principal);
		}
		try {
			for (SseEvent event : request.initial().get()) {
				connection.writer().addInitial(EventFrame.withoutId(this.encoder.fields(event)));
			}
		}
		catch (RuntimeException | Error ex) {
			connection.abandon();
			throw ex;
		}
		// Whoever began to drain after the check above has seen this connection, or is
		// seen here.
		if (this.supervisor.isDraining()) {
			connection.end(EndReason.SHUTDOWN);
		}
		if (client.isHead()) {
			connection.end(EndReason.COMPLETED);
		}
		logger.debug("{} opened after {}, {} connections here", connection, client.lastEventId(),
				this.admission.count());
		return connection;
	}

	private Connection refuse(HttpServletRequest http, ConnectionOwner owner, List<byte[]> frames) {
		Connection connection = new Connection(this.context, owner, Opening.refused(), WriteAborter.forRequest(http),
				ContainerRequest.of(http));
		frames.forEach(connection.writer()::addInitial);
		connection.end(this.supervisor.isDraining() ? EndReason.SHUTDOWN : EndReason.REFUSED);
		this.connections.add(connection);
		logger.debug("Connection of {} not admitted", owner);
		return connection;
	}

	private void whenTrue(BooleanSupplier condition, Runnable task) {
		this.supervisor.whenTrue(condition, task);
	}

	private void ended(Connection connection) {
		this.supervisor.ended(connection);
	}

	// Whom two newer connections find too many is ended once.
	private void endOldest(String principal) {
		List<Connection> open = this.connections.stream()
			.filter((connection) -> principal.equals(connection.owner().principal()) && connection.isOpen())
			.sorted(Comparator.comparingLong(Connection::openedAt))
			.toList();
		for (Connection connection : open.subList(0, Math.max(0, open.size() - this.limits.perPrincipal()))) {
			if (connection.end(EndReason.REPLACED)) {
				this.admission.refused(Limit.PER_PRINCIPAL);
			}
		}
	}

	// What was not admitted has no topics, and was not counted.
	private void closed(Connection connection) {
		this.connections.remove(connection);
		if (!connection.topics().isEmpty()) {
			this.admission.release(connection.owner());
		}
	}

	@Override
	public CompletableFuture<Void> disconnect(String principal) {
		endAll(principal);
		return this.disconnector.apply(principal);
	}

	private void endAll(String principal) {
		for (Connection connection : this.connections) {
			if (connection.owner().is(principal)) {
				connection.end(EndReason.DISCONNECTED);
			}
		}
	}

	@Override
	public int connectionCount() {
		return this.admission.count();
	}

	/**
	 * How often a limit refused a connection, or ended an older one, since the start.
	 */
	public long refusalCount(Limit limit) {
		return this.admission.refusalCount(limit);
	}

	@Override
	public int connectionCount(String topic) {
		return this.log.subscriberCount(topic);
	}

	@Override
	public Collection<ConnectionInfo> connections() {
		return this.connections.stream().filter(Connection::isOpen).map(Connection::info).toList();
	}

	/** What the connections of this instance have done since it started. */
	public ConnectionStatistics statistics() {
		return this.statistics;
	}

	/** The lag of the connection that is furthest behind, in events of the log. */
	public long greatestLag() {
		return this.connections.stream()
			.filter((connection) -> !connection.isEnded())
			.mapToLong(Connection::lag)
			.max()
			.orElse(0);
	}

	@Override
	public void start() {
		this.supervisor.resume();
		this.running = true;
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		this.supervisor.drain(this.context.options().drain(), callback);
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public void destroy() {
		this.supervisor.stop();
		this.context.drainers().close();
	}

	private final class LocalOrders implements ControlReader.Orders {

		@Override
		public void disconnect(String principal) {
			endAll(principal);
		}

		@Override
		public void disconnectAll() {
			for (Connection connection : DefaultEmitterRegistry.this.connections) {
				if (!connection.owner().isAnonymous()) {
					connection.end(EndReason.DISCONNECTED);
				}
			}
		}

	}

}
