package io.github.sseredis.sample.video;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.persistence.LockModeType;
import jakarta.persistence.QueryHint;

import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.QueryHints;
import org.springframework.data.repository.Repository;

interface VideoRepository extends Repository<Video, Long> {

	Video save(Video video);

	Optional<Video> findByIdAndOwner(long id, String owner);

	List<Video> findTop20ByOwnerOrderByIdDesc(String owner);

	@Query("select v.id from Video v where v.percent < 100 and v.dueAt <= :now order by v.dueAt")
	List<Long> findDue(Instant now);

	/** Takes a video for the running transaction, unless another instance was faster. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@QueryHints(@QueryHint(name = "jakarta.persistence.lock.timeout", value = "-2"))
	@Query("select v from Video v where v.id = :id and v.percent < 100 and v.dueAt <= :now")
	Optional<Video> takeDue(long id, Instant now);

}
