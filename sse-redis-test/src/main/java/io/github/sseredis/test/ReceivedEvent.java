package io.github.sseredis.test;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

/**
 * An event as a browser would dispatch it. Immutable.
 *
 * @param type the event type, {@code message} if the stream named none
 * @param data the data as it was sent
 * @param id the last event ID with this event, empty if the stream has sent none
 */
public record ReceivedEvent(String type, String data, String id) {

	/**
	 * Returns the data read as JSON by Jackson, with the modules on the class path.
	 * @param <T> what the data is
	 * @param dataType what the data is
	 * @throws tools.jackson.core.JacksonException if the data is something else
	 */
	public <T> T data(Class<T> dataType) {
		return Json.MAPPER.readValue(this.data, dataType);
	}

	/**
	 * Returns the events of a stream that was recorded as text, as by {@code MockMvc}.
	 * @param stream what has come of the stream so far
	 */
	public static List<ReceivedEvent> listOf(String stream) {
		List<ReceivedEvent> events = new ArrayList<>();
		EventStreamParser parser = new EventStreamParser("", (block) -> {
			ReceivedEvent event = block.event();
			if (event != null) {
				events.add(event);
			}
		});
		parser.feed(stream);
		return List.copyOf(events);
	}

	// Loaded only where data is read as JSON: Jackson may be absent.
	private static final class Json {

		private static final JsonMapper MAPPER = JsonMapper.builder().findAndAddModules().build();

	}

}
