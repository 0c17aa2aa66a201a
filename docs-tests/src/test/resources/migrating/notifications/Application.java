@SpringBootApplication
@EnableAsync
public class Application {

	/** Closes a campaign, as the batch does. */
	@RestController
	static class Batch {

		private final ApplicationEventPublisher events;

		Batch(ApplicationEventPublisher events) {
			this.events = events;
		}

		@PostMapping("/close")
		void close(@RequestParam String backer, @RequestParam String message) {
			this.events.publishEvent(new CampaignClosed(backer, message));
		}

	}

}

record CampaignClosed(String backer, String message) {
}

record NotificationView(Long id, String message) {

	static NotificationView of(Notification notification) {
		return new NotificationView(notification.id, notification.message);
	}

}

record NotificationList(List<NotificationView> notifications, String lastEventId) {

	static NotificationList of(List<Notification> notifications, Object lastEventId) {
		return new NotificationList(notifications.stream().map(NotificationView::of).toList(), lastEventId.toString());
	}

}

interface NotificationRepository extends JpaRepository<Notification, Long> {

	List<Notification> findByMember(String member);

}

@Entity
@Table(uniqueConstraints = @UniqueConstraint(columnNames = { "member", "message" }))
class Notification {

	@Id
	@GeneratedValue
	Long id;

	String member;

	String message;

	protected Notification() {
	}

	Notification(String member, String message) {
		this.member = member;
		this.message = message;
	}

}
