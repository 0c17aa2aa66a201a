package io.github.sseredis.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.CustomizableThreadCreator;

/**
 * Completes futures, and so runs what callers attached to them. Callers block, or wait
 * for another future: each that has something attached is completed by itself, and there
 * are as many threads as that takes, up to a limit, which end when idle.
 */
final class Completions {

	private static final Logger logger = LoggerFactory.getLogger(RedisBroadcaster.class);

	private static final int MAX_THREADS = 64;

	private static final long IDLE_SECONDS = 5;

	private final ThreadPoolExecutor threads;

	Completions() {
		CustomizableThreadCreator creator = new CustomizableThreadCreator("sse-publish-completion-");
		creator.setDaemon(true);
		// Takes a task only if a thread waits for it; otherwise there will be another
		// thread, and at the limit the rejected task does queue.
		LinkedTransferQueue<Runnable> queue = new LinkedTransferQueue<>() {

			private static final long serialVersionUID = 1L;

			@Override
			public boolean offer(Runnable task) {
				return tryTransfer(task);
			}

		};
		this.threads = new ThreadPoolExecutor(0, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, queue,
				creator::createThread, (task, executor) -> queue.put(task));
	}

	/** Completes futures, in order where nothing is attached to them; does not block. */
	void complete(List<Completion> completions) {
		this.threads.execute(() -> {
			List<Completion> attached = new ArrayList<>();
			for (Completion completion : completions) {
				if (completion.future().getNumberOfDependents() > 0) {
					attached.add(completion);
				}
				else {
					run(completion);
				}
			}
			for (int i = 0; i < attached.size() - 1; i++) {
				Completion completion = attached.get(i);
				this.threads.execute(() -> run(completion));
			}
			if (!attached.isEmpty()) {
				run(attached.get(attached.size() - 1));
			}
		});
	}

	private static void run(Completion completion) {
		try {
			completion.action().run();
		}
		catch (RuntimeException | Error ex) {
			logger.error("A future could not be completed", ex);
		}
	}

	/**
	 * The end of a future.
	 *
	 * @param future the future
	 * @param action completes it
	 */
	record Completion(CompletableFuture<?> future, Runnable action) {

	}

}
