package io.github.sseredis.docs;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.background.BackgroundEventHandler;
import com.launchdarkly.eventsource.background.BackgroundEventSource;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import org.jspecify.annotations.Nullable;

/** The clients of docs/clients.md, as they are and as the page completes them. */
enum ObservedClient {

	NATIVE("browser `EventSource`", Place.BROWSER, "native"),

	POLYFILL("event-source-polyfill", Place.BROWSER, "polyfill"),

	FETCH("@microsoft/fetch-event-source", Place.BROWSER, "fetch") {

		@Override
		Driver again(ClientBench bench, ClientHost host, String url) {
			return bench.browser(host, url, ClientBench.resource("fetch-again.js"));
		}

	},

	NODE("npm eventsource", Place.NODE, "node"),

	OKHTTP_SSE("okhttp-sse", Place.JAVA, "okhttpsse") {

		@Override
		Driver plain(ClientBench bench, ClientHost host, String url) {
			List<String> notes = new CopyOnWriteArrayList<>();
			OkHttpClient http = new OkHttpClient();
			EventSource source = EventSources.createFactory(http)
				.newEventSource(new Request.Builder().url(url).build(), new EventSourceListener() {

					@Override
					public void onEvent(EventSource eventSource, @Nullable String id, @Nullable String type,
							String data) {
						notes.add(type + ":" + data);
					}

					@Override
					public void onClosed(EventSource eventSource) {
						notes.add("closed:");
					}

				});
			return ClientBench.driver(notes, () -> {
				source.cancel();
				http.dispatcher().executorService().shutdown();
			});
		}

	},

	LAUNCHDARKLY("LaunchDarkly okhttp-eventsource", Place.JAVA, "launchdarkly") {

		@Override
		Driver plain(ClientBench bench, ClientHost host, String url) {
			Notes notes = new Notes();
			BackgroundEventSource source = new BackgroundEventSource.Builder(notes,
					new com.launchdarkly.eventsource.EventSource.Builder(URI.create(url)))
				.build();
			source.start();
			return ClientBench.driver(notes.list, source);
		}

	},

	CURL("curl", Place.BASH, "curl");

	/** Where a client runs. */
	enum Place {

		BROWSER, NODE, BASH, JAVA

	}

	private final String row;

	private final Place place;

	private final String directory;

	ObservedClient(String row, Place place, String directory) {
		this.row = row;
		this.place = place;
		this.directory = directory;
	}

	/** The first cell of its row. */
	String row() {
		return this.row;
	}

	/** Opens a stream with as little as possible. */
	Driver plain(ClientBench bench, ClientHost host, String url) {
		return script(bench, host, url, ClientBench.resource(this.directory + extension()));
	}

	/**
	 * Opens a stream as plainly, and opens it again where the client would stop and can
	 * be told not to.
	 */
	Driver again(ClientBench bench, ClientHost host, String url) {
		return plain(bench, host, url);
	}

	/** Opens a stream as the page shows it. */
	Driver documented(ClientBench bench, ClientHost host, String url) {
		return (this.place == Place.JAVA) ? bench.documentedClass(this.directory, url)
				: script(bench, host, url, ClientBench.documented(this.directory + "/client" + extension()));
	}

	private String extension() {
		return (this.place == Place.BASH) ? ".sh" : ".js";
	}

	private Driver script(ClientBench bench, ClientHost host, String url, String script) {
		return switch (this.place) {
			case BROWSER -> bench.browser(host, url, script);
			case NODE -> bench.node(url, script);
			case BASH -> bench.bash(url, script);
			case JAVA -> throw new IllegalStateException("No script");
		};
	}

	/** What LaunchDarkly's client hands over. */
	private static final class Notes implements BackgroundEventHandler {

		private final List<String> list = new CopyOnWriteArrayList<>();

		@Override
		public void onMessage(String type, MessageEvent message) {
			this.list.add(type + ":" + message.getData());
		}

		@Override
		public void onOpen() {
		}

		@Override
		public void onClosed() {
		}

		@Override
		public void onComment(String comment) {
		}

		@Override
		public void onError(Throwable ex) {
		}

	}

}
