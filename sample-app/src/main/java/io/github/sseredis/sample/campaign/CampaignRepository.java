package io.github.sseredis.sample.campaign;

import java.util.List;
import java.util.Optional;

import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface CampaignRepository extends Repository<Campaign, Long> {

	String VIEW = """
			select new io.github.sseredis.sample.campaign.CampaignView(
			  c.id, c.title, c.closedAt, count(p), count(p.notifiedAt))
			from Campaign c left join Pledge p on p.campaignId = c.id
			""";

	Optional<Campaign> findById(long id);

	@Query(VIEW + "where c.id = :id group by c.id, c.title, c.closedAt")
	CampaignView view(long id);

	@Query(VIEW + "group by c.id, c.title, c.closedAt order by c.id")
	List<CampaignView> viewAll();

	@Query("""
			select c.id from Campaign c where c.closedAt is not null
			and exists (select 1 from Pledge p where p.campaignId = c.id and p.notifiedAt is null)
			""")
	List<Long> findUnfinished();

}
