package io.github.sseredis.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.sseredis.log.History;
import io.github.sseredis.log.HistoryPage;
import io.github.sseredis.log.Lineage;
import io.github.sseredis.log.PartitionLog;
import io.github.sseredis.log.Position;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of a partition that Redis keeps, read for connections whose place the log no
 * longer has. One thread reads, topic by topic: requests for the same topic that came
 * meanwhile are answered by the same page, so a storm of them costs a few reads. While
 * Redis does not answer they wait; nobody else does.
 */
final class RedisHistory implements History, Runnable {

	private static final Logger logger = LoggerFactory.getLogger(RedisHistory.class);

	private static final long RETRY_MILLIS = 250;

	private final RedisPartition partition;

	private final PartitionLog log;

	private final Runnable behind;

	// Guarded by this.

	/** Requests by topic, the topic that has waited longest first. */
	private final Map<String, Queue<Request>> waiting = new LinkedHashMap<>();

	/** Who asks for the position: all are answered by one call. */
	private List<Consumer<@Nullable Position>> locating = new ArrayList<>();

	/**
	 * Creates a history.
	 * @param behind is told when Redis is in another epoch than the log
	 */
	RedisHistory(RedisPartition partition, PartitionLog log, Runnable behind) {
		this.partition = partition;
		this.log = log;
		this.behind = behind;
	}

	@Override
	public synchronized void locate(Consumer<@Nullable Position> answer) {
		this.locating.add(answer);
		notifyAll();
	}

	@Override
	public void read(String topic, long after, Consumer<HistoryPage> answer) {
		add(topic, List.of(new Request(after, answer)));
	}

	private synchronized void add(String topic, List<Request> requests) {
		this.waiting.computeIfAbsent(topic, (name) -> new ArrayDeque<>()).addAll(requests);
		notifyAll();
	}

	@Override
	public void run() {
		try {
			while (!Thread.currentThread().isInterrupted()) {
				readNext();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void readNext() throws InterruptedException {
		String topic = null;
		List<Request> requests = List.of();
		List<Consumer<@Nullable Position>> asking;
		synchronized (this) {
			while (this.waiting.isEmpty() && this.locating.isEmpty()) {
				wait();
			}
			asking = this.locating;
			this.locating = new ArrayList<>();
			if (asking.isEmpty()) {
				topic = this.waiting.keySet().iterator().next();
				requests = new ArrayList<>(this.waiting.remove(topic));
			}
		}
		try {
			if (topic == null) {
				locate(asking);
			}
			else {
				List<Request> unanswered = read(topic, requests);
				if (!unanswered.isEmpty()) {
					add(topic, unanswered);
				}
			}
		}
		catch (RuntimeException ex) {
			logger.debug("The history of partition {} cannot be read: {}", this.partition.number(), ex.toString());
			asking.forEach(this::locate);
			if (topic != null) {
				add(topic, requests);
			}
			TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
		}
	}

	private void locate(List<Consumer<@Nullable Position>> asking) {
		RedisPosition there = this.partition.check(this.log.position());
		found(there);
		asking.forEach((answer) -> answer.accept(new Position(there.epoch(), there.sequence())));
	}

	private void found(RedisPosition there) {
		Lineage here = this.log.lineage();
		if (here != null && !here.epoch().equals(there.epoch())) {
			this.behind.run();
		}
	}

	// Reads what the lowest number asks for. Whoever asked for a higher one that the page
	// reaches is answered as well; the others have another turn.
	private List<Request> read(String topic, List<Request> requests) {
		requests.sort(Comparator.comparingLong(Request::after));
		HistoryAnswer answer = this.partition.history(this.log.position(), topic, requests.get(0).after());
		found(answer.position());
		List<Request> unanswered = new ArrayList<>();
		if (answer.isProven()) {
			HistoryPage page = page(topic, requests.get(0).after(), answer);
			for (Request request : requests) {
				if (request.after() < page.upTo() || request.after() == page.after()) {
					request.answer().accept(page);
				}
				else {
					unanswered.add(request);
				}
			}
		}
		else {
			for (Request request : requests) {
				if (answer.canProve(request.after())) {
					unanswered.add(request);
				}
				else {
					request.answer().accept(HistoryPage.unproven(answer.position().epoch()));
				}
			}
		}
		return unanswered;
	}

	private HistoryPage page(String topic, long after, HistoryAnswer answer) {
		String epoch = answer.position().epoch();
		List<HistoryPage.Event> events = answer.events()
			.stream()
			.map((event) -> new HistoryPage.Event(event.sequence(),
					this.log.frame(epoch, event.sequence(), topic, event.fields())))
			.toList();
		return new HistoryPage(epoch, after, answer.number(), events);
	}

	/**
	 * A reader that waits.
	 *
	 * @param after the number it is at
	 * @param answer takes the page
	 */
	private record Request(long after, Consumer<HistoryPage> answer) {

	}

}
