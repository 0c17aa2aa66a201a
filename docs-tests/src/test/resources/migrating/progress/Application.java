@SpringBootApplication
public class Application {

	@RestController
	static class Progress {

		private final Encoder encoder;

		private final VideoRepository videos;

		Progress(Encoder encoder, VideoRepository videos) {
			this.encoder = encoder;
			this.videos = videos;
		}

		@PostMapping("/videos")
		Long create(@RequestParam String author) {
			return this.videos.save(new Video(author)).id;
		}

		@PostMapping("/advance")
		void advance(@RequestParam long id, @RequestParam int percent) {
			this.encoder.advance(id, percent);
		}

	}

}

record EncodingProgress(Long id, String author, int percent, boolean finished) {

	static EncodingProgress of(Video video) {
		return new EncodingProgress(video.id, video.author, video.percent, video.finished);
	}

}

interface VideoRepository extends JpaRepository<Video, Long> {

	long countByAuthorAndFinishedFalse(String author);

}

@Entity
class Video {

	@Id
	@GeneratedValue
	Long id;

	String author;

	@Column(check = @CheckConstraint(constraint = "percent <= 100"))
	int percent;

	boolean finished;

	protected Video() {
	}

	Video(String author) {
		this.author = author;
	}

	String author() {
		return this.author;
	}

	void advance(int percent) {
		this.percent = percent;
		this.finished = percent == 100;
	}

}
