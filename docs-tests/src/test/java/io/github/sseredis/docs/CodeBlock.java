package io.github.sseredis.docs;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A fenced block of a page, with what stands in the comment right before it.
 *
 * @param page the name of its page
 * @param line the line of its fence, from 1
 * @param language what follows the fence; empty if nothing does
 * @param comment the text of the HTML comment before it, which readers do not see
 * @param text what it shows
 */
record CodeBlock(String page, int line, String language, @Nullable String comment, String text) {

	/** The file that it shows of an application, if it does. */
	@Nullable String file() {
		return after("file:");
	}

	/** The test that checks it, where that is not one of this package. */
	@Nullable String checkedBy() {
		return after("checked by:");
	}

	/** Declarations that a fragment needs and that readers can do without. */
	String context() {
		String start = this.language + "\n";
		return (this.comment != null && this.comment.startsWith(start)) ? this.comment.substring(start.length()) : "";
	}

	List<String> lines() {
		return this.text.lines().toList();
	}

	private @Nullable String after(String keyword) {
		return (this.comment != null && this.comment.startsWith(keyword))
				? this.comment.substring(keyword.length()).strip() : null;
	}

	@Override
	public String toString() {
		return this.page + ":" + this.line + " (" + this.language + ")";
	}

}
