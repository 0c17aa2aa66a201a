package io.github.sseredis.sample.notification;

import java.util.List;
import java.util.Optional;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface NotificationRepository extends Repository<Notification, Long> {

	List<Notification> saveAll(Iterable<Notification> notifications);

	void delete(Notification notification);

	Optional<Notification> findByIdAndRecipient(long id, String recipient);

	Page<Notification> findByRecipientOrderByRevisionDesc(String recipient, Pageable page);

	Page<Notification> findByRecipientAndReadFalseOrderByRevisionDesc(String recipient, Pageable page);

	@Modifying
	@Query("update Notification n set n.read = true where n.recipient = :recipient and n.read = false")
	int markAllRead(String recipient);

}
