package io.github.sseredis.autoconfigure;

import java.util.Optional;

/** Looks once, when the application has started, for something that harms its streams. */
@FunctionalInterface
interface StartupCheck {

	/** Returns what is wrong and what to change, or empty if all is well. */
	Optional<String> problem();

}
