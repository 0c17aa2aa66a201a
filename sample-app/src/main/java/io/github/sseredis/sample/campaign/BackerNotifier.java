package io.github.sseredis.sample.campaign;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Tells the backers of a campaign that it closed: at once, on the instance that closed
 * it, and what that one could not finish on any other.
 */
@Component
class BackerNotifier {

	private static final Logger logger = LoggerFactory.getLogger(BackerNotifier.class);

	private final CampaignRepository campaigns;

	private final BackerBatch batch;

	BackerNotifier(CampaignRepository campaigns, BackerBatch batch) {
		this.campaigns = campaigns;
		this.batch = batch;
	}

	@Async
	@TransactionalEventListener
	void onCampaignClosed(CampaignClosed event) {
		notifyAll(event.campaignId());
	}

	// One that fails, perhaps always, does not keep the others waiting.
	@Scheduled(fixedDelayString = "${sample.batch-retry}", initialDelayString = "${sample.batch-retry}")
	void carryOn() {
		for (long campaignId : this.campaigns.findUnfinished()) {
			try {
				notifyAll(campaignId);
			}
			catch (RuntimeException ex) {
				logger.warn("The backers of campaign {} are not told for now", campaignId, ex);
			}
		}
	}

	private void notifyAll(long campaignId) {
		boolean more = true;
		while (more) {
			more = this.batch.notifySome(campaignId) != null;
		}
	}

}
