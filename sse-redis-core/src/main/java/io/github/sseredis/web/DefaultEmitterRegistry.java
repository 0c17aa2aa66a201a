package io.github.sseredis.web;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import io.github.sseredis.ConnectionInfo;
import io.github.sseredis.EmitterRegistry;
import io.github.sseredis.EventEncoder;
import io.github.sseredis.EventFrame;
import io.github.sseredis.SseEvent;
import io.github.sseredis.SubscribeRequest;
import io.github.sseredis.log.EventLog;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
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

	private final ConnectionContext context;

	private final Admission admission;

	private final Supervisor supervisor;

	private final Function<String, CompletableFuture<Void>> disconnector;

	private volatile boolean running;

	/**
	 * Creates a registry.
	 * @param log what connections read
	 * @param encoder for what only one connection receives
	 * @param disconnector tells all instances to end the connections of a principal
	 */
	public DefaultEmitterRegistry(EventLog log, EventEncoder encoder, ConnectionOptions options,
			ConnectionLimits limits, Function<String, CompletableFuture<Void>> disconnector) {
		this.log = log;
		this.encoder = encoder;
		Jitter jitter = new Jitter(() -> ThreadLocalRandom.current().nextDouble());
		this.context = new ConnectionContext(log, new WireBlocks(options, jitter), Drainers.create(),
				new DrainBuffers(), this::schedule, System::nanoTime, this::closed);
		this.admission = new Admission(limits);
		this.supervisor = new Supervisor(this.connections, this.context);
		this.disconnector = disconnector;
		this.supervisor.start();
		new ControlReader(log, this.supervisor::execute, new LocalOrders());
	}

	@Override
	public SseEmitter subscribe(String... topics) {
		return subscribe(SubscribeRequest.of(topics));
	}

	@Override
	public SseEmitter subscribe(SubscribeRequest request) {
		ClientRequest client = ClientRequest.current(request);
		List<String> topics = client.topics();
		String limit = this.supervisor.isDraining() ? "shutdown" : admit(topics, client.owner());
		Connection connection = limit == null ? open(client, request) : refuse(client, limit);
		RequestConnections.add(client.http(), connection);
		return connection.emitter();
	}

	private @Nullable String admit(List<String> topics, ConnectionOwner owner) {
		return this.admission.admit(topics.size(), owner.principal(), owner.address());
	}

	private Connection open(ClientRequest client, SubscribeRequest request) {
		Opening opening = client.opening(this.context.options().timeout());
		Connection connection = new Connection(this.context, client.owner(), opening, client.aborter(),
				client.handover());
		this.connections.add(connection);
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

	private Connection refuse(ClientRequest client, String limit) {
		Connection connection = new Connection(this.context, client.owner(), Opening.refused(), client.aborter(),
				client.handover());
		connection.end(this.supervisor.isDraining() ? EndReason.SHUTDOWN : EndReason.REFUSED);
		this.connections.add(connection);
		logger.debug("Connection of {} not admitted: {}", client.owner(), limit);
		return connection;
	}

	private void schedule(Runnable task, Duration delay) {
		this.supervisor.schedule(task, delay);
	}

	// What was not admitted has no topics, and was not counted.
	private void closed(Connection connection) {
		this.connections.remove(connection);
		if (!connection.topics().isEmpty()) {
			this.admission.release(connection.owner().principal(), connection.owner().address());
		}
	}

	@Override
	public CompletableFuture<Void> disconnect(String principal) {
		endAll(principal);
		return this.disconnector.apply(principal);
	}

	private void endAll(String principal) {
		for (Connection connection : this.connections) {
			if (principal.equals(connection.owner().principal())) {
				connection.end(EndReason.DISCONNECTED);
			}
		}
	}

	@Override
	public int connectionCount() {
		return this.admission.count();
	}

	@Override
	public int connectionCount(String topic) {
		return this.log.subscriberCount(topic);
	}

	@Override
	public Collection<ConnectionInfo> connections() {
		return this.connections.stream()
			.filter((connection) -> !connection.topics().isEmpty() && connection.endReason() == null)
			.map(Connection::info)
			.toList();
	}

	@Override
	public void start() {
		this.supervisor.start();
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
				if (connection.owner().principal() != null) {
					connection.end(EndReason.DISCONNECTED);
				}
			}
		}

	}

}
