package io.github.sseredis.web;

import org.junit.jupiter.api.Test;

import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

/** Who completes a request, of the drainer and the container that reports it broken. */
class CompletionTests {

	private final ConnectionEmitter emitter = mock();

	private final Completion completion = new Completion(this.emitter, () -> true);

	@Test
	void drainerLeavesTheCompletionToAReportThatHasBegun() {
		this.completion.completeBroken();
		this.completion.complete(0);
		then(this.emitter).should(times(1)).finish();
		then(this.emitter).should(times(1)).finishWithoutSpring();
	}

	@Test
	void drainerCompletesWithoutSpringWhatIsNotReportedAndSpringForgot() {
		this.completion.complete(0);
		then(this.emitter).should(times(1)).finish();
		then(this.emitter).should(times(1)).finishWithoutSpring();
	}

	@Test
	void drainerLeavesItToALookWhetherTheContainerForgotWhatBrokeUnreported() {
		this.completion.writeFailed(0);
		this.completion.complete(0);
		then(this.emitter).should(times(1)).finish();
		then(this.emitter).shouldHaveNoMoreInteractions();
	}

}
