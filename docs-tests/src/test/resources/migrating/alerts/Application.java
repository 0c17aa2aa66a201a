@SpringBootApplication
@EnableAsync
public class Application {

	@RestController
	static class Checkout {

		private final ApplicationEventPublisher events;

		private final TransactionTemplate transaction;

		Checkout(ApplicationEventPublisher events, PlatformTransactionManager transactions) {
			this.events = events;
			this.transaction = new TransactionTemplate(transactions);
		}

		@PostMapping("/pay")
		void pay(@RequestParam long martId, @RequestParam long orderId, @RequestParam(defaultValue = "true") boolean commits) {
			this.transaction.executeWithoutResult((status) -> {
				this.events.publishEvent(new OrderPaid(martId, orderId));
				if (!commits) {
					status.setRollbackOnly();
				}
			});
		}

	}

}
