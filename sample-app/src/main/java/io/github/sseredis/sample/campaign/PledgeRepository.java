package io.github.sseredis.sample.campaign;

import java.util.List;

import jakarta.persistence.LockModeType;
import jakarta.persistence.QueryHint;

import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.QueryHints;
import org.springframework.data.repository.Repository;

interface PledgeRepository extends Repository<Pledge, Long> {

	/** Takes pledges for the running transaction; those that others have are skipped. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@QueryHints(@QueryHint(name = "jakarta.persistence.lock.timeout", value = "-2"))
	@Query("select p from Pledge p where p.campaignId = :campaignId and p.notifiedAt is null order by p.id")
	List<Pledge> takeNotNotified(long campaignId, Limit limit);

}
