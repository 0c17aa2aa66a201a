package io.github.sseredis.sample.campaign;

import java.util.List;

import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface PledgeRepository extends Repository<Pledge, Long> {

	@Query("select p from Pledge p where p.campaignId = :campaignId and p.notifiedAt is null order by p.id")
	List<Pledge> findNotNotified(long campaignId, Limit limit);

}
