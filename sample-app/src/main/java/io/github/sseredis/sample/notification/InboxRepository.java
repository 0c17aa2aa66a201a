package io.github.sseredis.sample.notification;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import jakarta.persistence.LockModeType;

import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface InboxRepository extends Repository<Inbox, String> {

	Inbox save(Inbox inbox);

	Optional<Inbox> findById(String owner);

	// Always in the same order: two batches then wait for each other, and never both.
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select i from Inbox i where i.owner in :owners order by i.owner")
	List<Inbox> lockAll(Collection<String> owners);

}
