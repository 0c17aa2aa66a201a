package io.github.sseredis.sample.order;

import java.util.List;

import org.springframework.data.repository.Repository;

interface OrderRepository extends Repository<MartOrder, Long> {

	MartOrder save(MartOrder order);

	List<MartOrder> findTop50ByMartIdOrderByIdDesc(long martId);

}
