package io.github.sseredis.autoconfigure;

import io.github.sseredis.PayloadEncoder;

/** Refuses everything, where nothing can write JSON. Strings do not come here. */
final class StringsOnlyPayloadEncoder implements PayloadEncoder {

	@Override
	public String encode(Object data) {
		throw new UnsupportedOperationException("there is no JsonMapper bean (Jackson 3) to write it as JSON. Add "
				+ "spring-boot-starter-jackson, define a bean of type " + PayloadEncoder.class.getName()
				+ ", or publish a String");
	}

}
