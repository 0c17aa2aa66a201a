package io.github.sseredis.sample.mart;

import java.util.List;

import org.springframework.data.repository.Repository;

interface MartRepository extends Repository<Mart, Long> {

	List<Mart> findAllByOrderById();

	List<Mart> findByOwnerOrderById(String owner);

	boolean existsById(long id);

	boolean existsByIdAndOwner(long id, String owner);

}
