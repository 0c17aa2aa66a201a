package io.github.sseredis.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.github.sseredis.SsePush;
import io.github.sseredis.push.Pusher;
import io.github.sseredis.push.RecordingBroadcaster;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Tests for {@link SsePush} on methods that work with JPA in a transaction. */
class SsePushJpaTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SsePushAutoConfiguration.class, AopAutoConfiguration.class,
				DataSourceAutoConfiguration.class, HibernateJpaAutoConfiguration.class,
				TransactionAutoConfiguration.class))
		.withPropertyValues("spring.datasource.generate-unique-name=true", "spring.jpa.hibernate.ddl-auto=create-drop",
				"spring.jpa.open-in-view=false")
		.withUserConfiguration(Host.class);

	@Test
	void encodesLazyAssociationWhenTransactionalMethodReturns() {
		this.runner.run((context) -> {
			context.getBean(Service.class).place(1, "tea");
			PurchaseOrder order = context.getBean(Service.class).load(1);
			assertThat(Hibernate.isInitialized(order.lines)).as("read by the push").isTrue();
			assertThat(published(context)).containsExactly("placed data: 1",
					"loaded data: {\"id\":1,\"lines\":[{\"id\":10,\"text\":\"tea\"}],\"name\":\"tea\"}");
		});
	}

	@Test
	void encodesStateOfMethodsReturnWhenEntityChangesLater() {
		this.runner.run((context) -> {
			context.getBean(Outer.class).placeAndRename(context.getBean(Service.class));
			assertThat(published(context)).containsExactly("placed data: 1", "named data: tea", "named data: coffee");
		});
	}

	@Test
	void publishesNothingWhenCommitFails() {
		this.runner.run((context) -> {
			context.getBean(Service.class).place(1, "tea");
			assertThatExceptionOfType(DataIntegrityViolationException.class)
				.isThrownBy(() -> context.getBean(Service.class).place(2, "tea"));
			assertThat(published(context)).containsExactly("placed data: 1");
			assertThat(context.getBean(Pusher.class).failed()).isZero();
		});
	}

	@Test
	void publishesNothingWhenOuterTransactionRollsBack() {
		this.runner.run((context) -> {
			assertThatIllegalStateException()
				.isThrownBy(() -> context.getBean(Outer.class).placeAndFail(context.getBean(Service.class)));
			assertThat(published(context)).isEmpty();
			assertThat(context.getBean(Pusher.class).failed()).isZero();
		});
	}

	@Test
	void publishesWhatNewTransactionCommittedWhenOuterRollsBack() {
		this.runner.run((context) -> {
			assertThatIllegalStateException()
				.isThrownBy(() -> context.getBean(Outer.class).auditAndFail(context.getBean(Service.class)));
			assertThat(published(context)).containsExactly("audit data: tea");
		});
	}

	@Test
	void pushesInsideListenersOfCommittedTransaction() {
		this.runner.run((context) -> {
			context.getBean(Outer.class).announce();
			assertThat(published(context)).containsExactlyInAnyOrder("after data: 1", "new data: written");
		});
	}

	@Test
	void pushesWhatRepositoryReturns() {
		this.runner.run((context) -> {
			context.getBean(Service.class).place(1, "tea");
			context.getBean(Orders.class).findName(1);
			assertThat(published(context)).containsExactly("placed data: 1", "found:1 data: tea");
		});
	}

	private static List<String> published(AssertableApplicationContext context) {
		return context.getBean(RecordingBroadcaster.class).published();
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	@EnableJpaRepositories(considerNestedRepositories = true)
	static class Host {

		@Bean
		RecordingBroadcaster broadcaster() {
			return new RecordingBroadcaster(new JsonMapper()::writeValueAsString);
		}

		@Bean
		Service service(EntityManager entityManager) {
			return new Service(entityManager);
		}

		@Bean
		Outer outer(ApplicationEventPublisher events) {
			return new Outer(events);
		}

		@Bean
		Listener listener(EntityManager entityManager) {
			return new Listener(entityManager);
		}

	}

	static class Service {

		private final EntityManager entityManager;

		Service(EntityManager entityManager) {
			this.entityManager = entityManager;
		}

		@Transactional
		@SsePush(topic = "'placed'")
		public int place(int id, String name) {
			PurchaseOrder order = new PurchaseOrder();
			order.id = id;
			order.name = name;
			OrderLine line = new OrderLine();
			line.id = id * 10;
			line.text = name;
			order.lines.add(line);
			this.entityManager.persist(order);
			return id;
		}

		@Transactional(readOnly = true)
		@SsePush(topic = "'loaded'")
		public PurchaseOrder load(int id) {
			PurchaseOrder order = this.entityManager.find(PurchaseOrder.class, id);
			assertThat(Hibernate.isInitialized(order.lines)).as("read by the method").isFalse();
			return order;
		}

		@Transactional
		@SsePush(topic = "'named'", data = "#result.name")
		public PurchaseOrder rename(int id, String name) {
			PurchaseOrder order = this.entityManager.find(PurchaseOrder.class, id);
			order.name = name;
			return order;
		}

		@Transactional(propagation = Propagation.REQUIRES_NEW)
		@SsePush(topic = "'audit'")
		public String audit(String text) {
			return text;
		}

	}

	static class Outer {

		private final ApplicationEventPublisher events;

		Outer(ApplicationEventPublisher events) {
			this.events = events;
		}

		@Transactional
		public void placeAndRename(Service service) {
			service.place(1, "x");
			service.rename(1, "tea");
			service.rename(1, "coffee");
		}

		@Transactional
		public void placeAndFail(Service service) {
			service.place(1, "tea");
			throw new IllegalStateException();
		}

		@Transactional
		public void auditAndFail(Service service) {
			service.place(1, "tea");
			service.audit("tea");
			throw new IllegalStateException();
		}

		@Transactional
		public void announce() {
			this.events.publishEvent("done");
		}

	}

	static class Listener {

		private final EntityManager entityManager;

		Listener(EntityManager entityManager) {
			this.entityManager = entityManager;
		}

		@TransactionalEventListener
		@SsePush(topic = "'after'")
		public int after(String event) {
			return 1;
		}

		@TransactionalEventListener
		@Transactional(propagation = Propagation.REQUIRES_NEW)
		@SsePush(topic = "'new'", data = "#result.text")
		public OrderLine write(String event) {
			OrderLine line = new OrderLine();
			line.id = 99;
			line.text = "written";
			this.entityManager.persist(line);
			return line;
		}

	}

	interface Orders extends Repository<PurchaseOrder, Integer> {

		@Query("select o.name from PurchaseOrder o where o.id = ?1")
		@SsePush(topic = "'found:' + #p0")
		String findName(int id);

	}

	@Entity(name = "PurchaseOrder")
	@Table(name = "purchase_order")
	static class PurchaseOrder {

		@Id
		private int id;

		@Column(unique = true)
		private String name;

		@OneToMany(cascade = CascadeType.ALL)
		private List<OrderLine> lines = new ArrayList<>();

		public int getId() {
			return this.id;
		}

		public String getName() {
			return this.name;
		}

		public List<OrderLine> getLines() {
			return this.lines;
		}

	}

	@Entity(name = "OrderLine")
	@Table(name = "order_line")
	static class OrderLine {

		@Id
		private int id;

		private String text;

		public int getId() {
			return this.id;
		}

		public String getText() {
			return this.text;
		}

	}

}
