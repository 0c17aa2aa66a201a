package io.github.sseredis.web;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who completes a request, of the drainer and the container that reports it broken. */
class CompletionTests {

	private final ForgottenResponse response = new ForgottenResponse();

	private final Completion completion = new Completion(this.response, () -> true);

	@Test
	void drainerLeavesTheCompletionToAReportThatHasBegun() {
		this.completion.completeBroken();
		this.completion.complete(0);
		assertThat(this.response.calls).containsExactly("finish", "finishWithoutSpring");
	}

	@Test
	void drainerCompletesWithoutSpringWhatIsNotReportedAndSpringForgot() {
		this.completion.complete(0);
		assertThat(this.response.calls).containsExactly("finish", "finishWithoutSpring");
	}

	@Test
	void drainerLeavesItToALookWhetherTheContainerForgotWhatBrokeUnreported() {
		this.completion.writeFailed(0);
		this.completion.complete(0);
		assertThat(this.response.calls).containsExactly("finish");
	}

	/** One that Spring has forgotten. */
	private static final class ForgottenResponse implements Completion.Response {

		final List<String> calls = new ArrayList<>();

		@Override
		public boolean finish() {
			this.calls.add("finish");
			return false;
		}

		@Override
		public void finishWithoutSpring() {
			this.calls.add("finishWithoutSpring");
		}

	}

}
