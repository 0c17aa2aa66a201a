package io.github.sseredis.sample.campaign;

import java.util.List;

/** All campaigns, and the ID after which the stream goes on. */
record CampaignList(String lastEventId, List<CampaignView> campaigns) {
}
