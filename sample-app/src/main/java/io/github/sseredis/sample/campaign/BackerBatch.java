package io.github.sseredis.sample.campaign;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import io.github.sseredis.SsePush;
import io.github.sseredis.sample.notification.NotificationSender;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * One piece of telling the backers of a campaign that it closed, in one transaction: who
 * has been told is marked, so no piece is done twice, whoever repeats the work and on
 * however many instances. A campaign has one piece at a time: of two, neither would see
 * what the other marked, and none could tell that all are done.
 */
@Component
class BackerBatch {

	private static final Limit SIZE = Limit.of(500);

	private final CampaignRepository campaigns;

	private final PledgeRepository pledges;

	private final NotificationSender notifications;

	private final Clock clock;

	BackerBatch(CampaignRepository campaigns, PledgeRepository pledges, NotificationSender notifications, Clock clock) {
		this.campaigns = campaigns;
		this.pledges = pledges;
		this.notifications = notifications;
		this.clock = clock;
	}

	/**
	 * Tells some backers that have not been told.
	 * @return how far it is, for the administrator's page; null if nobody was left, or
	 * another is at it
	 */
	@Transactional
	@SsePush(topic = "'campaigns'", event = "campaign")
	public @Nullable CampaignView notifySome(long campaignId) {
		Campaign campaign = this.campaigns.take(campaignId).orElse(null);
		if (campaign == null) {
			return null;
		}
		List<Pledge> piece = this.pledges.findNotNotified(campaignId, SIZE);
		if (piece.isEmpty()) {
			return null;
		}
		Instant now = this.clock.instant();
		piece.forEach((pledge) -> pledge.notified(now));
		this.notifications.send(piece.stream().map(Pledge::backer).toList(), campaign.message());
		return this.campaigns.view(campaignId).orElse(null);
	}

}
