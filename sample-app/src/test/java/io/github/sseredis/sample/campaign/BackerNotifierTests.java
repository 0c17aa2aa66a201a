package io.github.sseredis.sample.campaign;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

class BackerNotifierTests {

	private final CampaignRepository campaigns = mock();

	private final BackerBatch batch = mock();

	@Test
	void campaignThatFailsDoesNotHoldUpTheNext() {
		given(this.campaigns.findUnfinished()).willReturn(List.of(1L, 2L));
		given(this.batch.notifySome(1)).willThrow(new IllegalStateException("always"));
		given(this.batch.notifySome(2)).willReturn(new CampaignView(2, "A choir", null, 2, 1), (CampaignView) null);
		new BackerNotifier(this.campaigns, this.batch).carryOn();
		verify(this.batch, times(2)).notifySome(2);
	}

}
