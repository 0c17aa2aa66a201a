package io.github.sseredis.sample.campaign;

/** The application event of a campaign that has been closed. */
record CampaignClosed(long campaignId) {
}
