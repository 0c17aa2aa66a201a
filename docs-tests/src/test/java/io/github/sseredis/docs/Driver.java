package io.github.sseredis.docs;

import java.util.List;

/** A running client. */
interface Driver extends AutoCloseable {

	/** What the code that uses it was given so far, as {@code type:data}. */
	List<String> notes();

	/** The data of the orders. */
	default List<String> orders() {
		return notes().stream()
			.filter((note) -> note.startsWith("order:"))
			.map((note) -> note.substring("order:".length()))
			.toList();
	}

	@Override
	void close();

}
