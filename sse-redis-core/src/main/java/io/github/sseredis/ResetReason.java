package io.github.sseredis;

/** Why a stream tells its client that events may be missing. */
public enum ResetReason {

	/** The ID is of an epoch that is not known to continue in the current one. */
	UNKNOWN_EPOCH("unknown-epoch"),

	/** Events after the ID are no longer kept. */
	TRIMMED("trimmed"),

	/** The ID is of events that Redis has lost. */
	ROLLED_BACK("rolled-back"),

	/** The ID is not one of ours. */
	MALFORMED("malformed"),

	/** The connection fell behind what is kept. */
	OVERFLOW("overflow");

	private final String wireForm;

	ResetReason(String wireForm) {
		this.wireForm = wireForm;
	}

	/** The reason as it stands in the event. */
	public String wireForm() {
		return this.wireForm;
	}

}
