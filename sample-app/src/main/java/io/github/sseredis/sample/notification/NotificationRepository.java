package io.github.sseredis.sample.notification;

import java.util.List;

import org.springframework.data.repository.Repository;

interface NotificationRepository extends Repository<Notification, Long> {

	Notification save(Notification notification);

	List<Notification> findTop50ByRecipientOrderByIdDesc(String recipient);

}
