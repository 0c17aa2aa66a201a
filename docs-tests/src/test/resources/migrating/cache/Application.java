@SpringBootApplication
public class Application {

	@RestController
	static class Sender {

		private final NotificationService service;

		Sender(NotificationService service) {
			this.service = service;
		}

		@PostMapping("/send")
		void send(@RequestParam String userId, @RequestParam String text) {
			this.service.send(userId, text);
		}

	}

}
