package io.github.sseredis.sample.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.persistence.LockModeType;
import jakarta.persistence.QueryHint;

import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.QueryHints;
import org.springframework.data.repository.Repository;

interface CampaignRepository extends Repository<Campaign, Long> {

	String VIEW = """
			select new io.github.sseredis.sample.campaign.CampaignView(
			  c.id, c.title, c.closedAt, count(p), count(p.notifiedAt))
			from Campaign c left join Pledge p on p.campaignId = c.id
			""";

	/**
	 * Closes a campaign, unless it is closed: then it waits for nobody who has it, such
	 * as a batch.
	 */
	@Modifying
	@Query("update Campaign c set c.closedAt = :now where c.id = :id and c.closedAt is null")
	void close(long id, Instant now);

	/** Takes a campaign for the running transaction; empty if another has it. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@QueryHints(@QueryHint(name = "jakarta.persistence.lock.timeout", value = "-2"))
	@Query("select c from Campaign c where c.id = :id")
	Optional<Campaign> take(long id);

	@Query(VIEW + "where c.id = :id group by c.id, c.title, c.closedAt")
	Optional<CampaignView> view(long id);

	@Query(VIEW + "group by c.id, c.title, c.closedAt order by c.id")
	List<CampaignView> viewAll();

	@Query("""
			select c.id from Campaign c where c.closedAt is not null
			and exists (select 1 from Pledge p where p.campaignId = c.id and p.notifiedAt is null)
			""")
	List<Long> findUnfinished();

}
