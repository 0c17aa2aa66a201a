package io.github.sseredis.sample.campaign;

import io.github.sseredis.Broadcaster;
import io.github.sseredis.EventId;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** For the administrator: who may come here is said in the security configuration. */
@RestController
@RequestMapping("/api/campaigns")
class CampaignController {

	private final CampaignService campaigns;

	private final Broadcaster broadcaster;

	CampaignController(CampaignService campaigns, Broadcaster broadcaster) {
		this.campaigns = campaigns;
		this.broadcaster = broadcaster;
	}

	@GetMapping
	CampaignList list() {
		EventId lastEventId = this.broadcaster.lastEventId();
		return new CampaignList(lastEventId.toString(), this.campaigns.all());
	}

	// Accepted: the campaign is closed, but its backers are still to be told.
	@PostMapping("/{id}/close")
	@ResponseStatus(HttpStatus.ACCEPTED)
	CampaignView close(@PathVariable long id) {
		return this.campaigns.close(id);
	}

}
