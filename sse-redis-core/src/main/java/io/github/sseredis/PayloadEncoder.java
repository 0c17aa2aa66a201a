package io.github.sseredis;

/**
 * Turns the payload of an event into the text of its {@code data:} field. Strings never
 * reach it: they are sent as they are. Implementations are thread-safe; a host may define
 * a bean of its own.
 */
@FunctionalInterface
public interface PayloadEncoder {

	/**
	 * Returns the text of a payload, with line breaks if it likes.
	 * @param data any object but a {@link CharSequence}
	 * @throws Exception if the payload cannot be encoded; the event is then not sent
	 */
	String encode(Object data) throws Exception;

}
