package io.github.sseredis.autoconfigure;

import io.github.sseredis.PayloadEncoder;
import tools.jackson.databind.json.JsonMapper;

/** Writes payloads as JSON, as the application's own mapper does. */
final class JacksonPayloadEncoder implements PayloadEncoder {

	private final JsonMapper jsonMapper;

	JacksonPayloadEncoder(JsonMapper jsonMapper) {
		this.jsonMapper = jsonMapper;
	}

	@Override
	public String encode(Object data) {
		return this.jsonMapper.writeValueAsString(data);
	}

}
