package io.github.sseredis.web;

/** What becomes of a connection that a principal has one too many of. */
public enum PrincipalPolicy {

	/** It is not admitted. */
	REFUSE_NEW,

	/** It is admitted, and the oldest one of the principal ends. */
	END_OLDEST

}
