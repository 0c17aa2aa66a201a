package io.github.sseredis.checker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.github.sseredis.checker.Publication.Outcome;
import io.github.sseredis.checker.Violation.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Made-up recordings: a checker that cannot fail is worthless. */
class PromiseCheckTests {

	private final Publications publications = new Publications();

	private final List<ClientRecording> recordings = new ArrayList<>();

	private final List<DataLoss> losses = new ArrayList<>();

	private long now = 1;

	private NumberedEvent published(String topic, String producer, Outcome outcome) {
		Publication publication = this.publications.next(topic, producer, this.now++);
		publication.decided(outcome, this.now++);
		return publication.event();
	}

	private NumberedEvent acknowledged() {
		return published("a", "p", Outcome.ACKNOWLEDGED);
	}

	private Sighting.Event seen(NumberedEvent event) {
		return new Sighting.Event(event, this.now++);
	}

	private Sighting.Reset reset(String... topics) {
		return new Sighting.Reset(Set.of(topics), "trimmed", this.now++);
	}

	private void client(Sighting... sightings) {
		this.recordings
			.add(new ClientRecording("client " + this.recordings.size(), Set.of("a"), Arrays.asList(sightings)));
	}

	private List<Kind> violations() {
		return PromiseCheck.violations(this.publications, this.recordings, this.losses)
			.stream()
			.map(Violation::kind)
			.toList();
	}

	@Test
	void acceptsEachEventOnceInOrderOverConnections() {
		NumberedEvent first = acknowledged();
		NumberedEvent second = acknowledged();
		published("other", "p", Outcome.ACKNOWLEDGED);
		client(new Sighting.Connection("here", 0), seen(first), new Sighting.Connection("there", 0), seen(second));
		assertThat(violations()).isEmpty();
	}

	@Test
	void findsADuplicate() {
		NumberedEvent event = acknowledged();
		client(seen(event), seen(event));
		assertThat(violations()).containsExactly(Kind.DUPLICATE);
	}

	@Test
	void findsADuplicateOfAnEventWithUnknownOutcome() {
		NumberedEvent event = published("a", "p", Outcome.UNKNOWN);
		client(seen(event), new Sighting.Connection("there", 0), seen(event));
		assertThat(violations()).containsExactly(Kind.DUPLICATE);
	}

	@Test
	void findsADuplicateAfterAResetUnlessRedisLostItBeforeItsAcknowledgement() {
		NumberedEvent event = acknowledged();
		client(seen(event), reset("a"), seen(event));
		assertThat(violations()).containsExactly(Kind.DUPLICATE);
		Publication publication = this.publications.find(event);
		this.losses.add(new DataLoss(publication.nanos(), publication.nanos()));
		assertThat(violations()).isEmpty();
	}

	@Test
	void findsADuplicateOfAnEventThatWasAcknowledgedWhenRedisLostData() {
		NumberedEvent event = acknowledged();
		this.losses.add(new DataLoss(this.now++, this.now++));
		client(seen(event), reset("a"), seen(event));
		assertThat(violations()).containsExactly(Kind.DUPLICATE);
	}

	@Test
	void findsADuplicateWithoutAResetEvenWhenRedisLostData() {
		this.losses.add(new DataLoss(this.now, Long.MAX_VALUE));
		NumberedEvent event = acknowledged();
		client(seen(event), reset("b"), seen(event));
		assertThat(violations()).containsExactly(Kind.DUPLICATE);
	}

	@Test
	void acceptsThatWhatRedisLostIsMissedButNothingElse() {
		NumberedEvent before = acknowledged();
		long begin = this.now;
		NumberedEvent lost = acknowledged();
		this.losses.add(new DataLoss(begin, this.now));
		NumberedEvent after = published("a", "p", Outcome.PENDING);
		this.publications.find(after).decided(Outcome.ACKNOWLEDGED, Long.MAX_VALUE);
		client(seen(before), seen(lost), reset("a"), seen(after));
		client(seen(before), seen(after));
		assertThat(violations()).isEmpty();
		client(seen(after));
		client(seen(before));
		assertThat(violations()).containsExactly(Kind.MISSING, Kind.MISSING);
	}

	@Test
	void findsEventsOfAProducerInTheWrongOrder() {
		NumberedEvent first = acknowledged();
		NumberedEvent second = acknowledged();
		client(seen(second), seen(first));
		assertThat(violations()).contains(Kind.REORDERED);
	}

	@Test
	void findsProducersInDifferentOrders() {
		NumberedEvent one = published("a", "p", Outcome.ACKNOWLEDGED);
		NumberedEvent two = published("a", "q", Outcome.ACKNOWLEDGED);
		NumberedEvent three = published("a", "r", Outcome.ACKNOWLEDGED);
		client(seen(one), seen(two), seen(three));
		client(seen(one), seen(three), seen(two));
		assertThat(violations()).containsExactly(Kind.DISAGREEMENT);
	}

	@Test
	void findsAGap() {
		NumberedEvent first = acknowledged();
		acknowledged();
		NumberedEvent third = acknowledged();
		client(seen(first), seen(third));
		assertThat(violations()).containsExactly(Kind.MISSING);
	}

	@Test
	void findsThatTheLastEventsAreMissing() {
		client(seen(acknowledged()));
		acknowledged();
		client();
		assertThat(violations()).containsExactly(Kind.MISSING, Kind.MISSING, Kind.MISSING);
	}

	@Test
	void acceptsAGapThatAResetAnnounces() {
		NumberedEvent first = acknowledged();
		acknowledged();
		NumberedEvent third = acknowledged();
		client(seen(first), reset("b", "a"), seen(third));
		assertThat(violations()).isEmpty();
	}

	@Test
	void findsAGapThatAResetOfAnotherTopicAnnounces() {
		NumberedEvent first = acknowledged();
		acknowledged();
		NumberedEvent third = acknowledged();
		client(seen(first), reset("b"), seen(third));
		assertThat(violations()).containsExactly(Kind.MISSING);
	}

	@Test
	void findsAResetThatComesAfterTheNextEvent() {
		NumberedEvent first = acknowledged();
		acknowledged();
		NumberedEvent third = acknowledged();
		client(seen(first), seen(third), reset("a"));
		assertThat(violations()).containsExactly(Kind.MISSING);
	}

	@Test
	void findsAResetThatComesAfterTheNextEventOfAnotherProducer() {
		NumberedEvent first = acknowledged();
		NumberedEvent missed = acknowledged();
		NumberedEvent other = published("a", "q", Outcome.ACKNOWLEDGED);
		client(seen(first), seen(missed), seen(other));
		client(seen(first), seen(other), reset("a"));
		assertThat(violations()).containsExactly(Kind.DISAGREEMENT);
	}

	@Test
	void findsAGapAfterAResetThatCameBeforeTheEventWasPublished() {
		NumberedEvent first = acknowledged();
		Sighting.Reset early = reset("a");
		acknowledged();
		client(seen(first), early);
		assertThat(violations()).containsExactly(Kind.MISSING);
	}

	@Test
	void findsThatAnEventWithUnknownOutcomeIsMissedWhereAnotherClientSawIt() {
		NumberedEvent first = acknowledged();
		NumberedEvent unknown = published("a", "p", Outcome.UNKNOWN);
		NumberedEvent third = acknowledged();
		client(seen(first), seen(unknown), seen(third));
		client(seen(first), seen(third));
		assertThat(violations()).containsExactly(Kind.DISAGREEMENT);
	}

	@Test
	void acceptsThatAnEventWithUnknownOutcomeNeverComesOrComesLate() {
		NumberedEvent first = acknowledged();
		published("a", "p", Outcome.UNKNOWN);
		NumberedEvent late = published("a", "p", Outcome.UNKNOWN);
		NumberedEvent last = acknowledged();
		client(seen(first), seen(last), seen(late));
		assertThat(violations()).isEmpty();
	}

	@Test
	void findsAnEventThatWasNotSent() {
		client(seen(published("a", "p", Outcome.NOT_SENT)));
		assertThat(violations()).containsExactly(Kind.NOT_SENT_ARRIVED);
	}

	@Test
	void findsForeignAndInventedEvents() {
		client(seen(published("aa", "p", Outcome.ACKNOWLEDGED)), seen(new NumberedEvent("a", "nobody", 0)));
		assertThat(violations()).containsExactly(Kind.FOREIGN, Kind.INVENTED);
	}

	@Test
	void findsARefusedStream() {
		client(new Sighting.Refusal(503, 0));
		assertThat(violations()).containsExactly(Kind.REFUSED);
	}

	@Test
	void readsBackWhatAProducerWrote() {
		NumberedEvent event = new NumberedEvent("user:42", "p1.0", 17);
		assertThat(NumberedEvent.parse(event.payload(3))).isEqualTo(event);
		assertThat(NumberedEvent.parse(event.payload(0))).isEqualTo(event);
	}

}
