package io.github.sseredis.sample.campaign;

import java.time.Clock;
import java.util.List;

import io.github.sseredis.SsePush;
import io.github.sseredis.sample.web.NotFoundException;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class CampaignService {

	private final CampaignRepository campaigns;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	CampaignService(CampaignRepository campaigns, ApplicationEventPublisher events, Clock clock) {
		this.campaigns = campaigns;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Closes a campaign; its backers are told later. Closing it again changes nothing,
	 * and tells those who have not been told.
	 */
	@Transactional
	@SsePush(topic = "'campaigns'", event = "campaign")
	public CampaignView close(long id) {
		this.campaigns.close(id, this.clock.instant());
		CampaignView closed = this.campaigns.view(id).orElseThrow(() -> new NotFoundException("No campaign " + id));
		this.events.publishEvent(new CampaignClosed(id));
		return closed;
	}

	@Transactional(readOnly = true)
	public List<CampaignView> all() {
		return this.campaigns.viewAll();
	}

}
