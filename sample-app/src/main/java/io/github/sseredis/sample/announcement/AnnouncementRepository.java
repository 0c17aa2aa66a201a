package io.github.sseredis.sample.announcement;

import java.util.List;

import org.springframework.data.repository.Repository;

interface AnnouncementRepository extends Repository<Announcement, Long> {

	Announcement save(Announcement announcement);

	List<Announcement> findTop3ByOrderByIdDesc();

}
