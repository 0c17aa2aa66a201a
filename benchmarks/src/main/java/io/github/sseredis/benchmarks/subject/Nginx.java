package io.github.sseredis.benchmarks.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** nginx with nchan as Debian packages them: one worker, the history in its memory. */
final class Nginx {

	private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_nchan_module.so");

	private static final String CONFIGURATION = """
			load_module MODULE;
			daemon off;
			worker_processes 1;
			worker_rlimit_nofile 20000;
			pid nginx.pid;
			error_log error.log;
			events { worker_connections 19000; }
			http {
				access_log off;
				keepalive_requests 1000000000;
				nchan_max_reserved_memory 512M;
				nchan_message_buffer_length 1000;
				server {
					listen 127.0.0.1:PORT backlog=4096;
					location = /publish {
						nchan_publisher;
						nchan_channel_id $arg_topic;
					}
					location = /stream {
						nchan_subscriber eventsource;
						nchan_channel_id $arg_topic;
						nchan_channel_id_split_delimiter ",";
						nchan_subscriber_first_message newest;
					}
				}
			}
			""";

	private Nginx() {
	}

	static boolean isInstalled() {
		return Files.exists(MODULE);
	}

	static ChildProcess start(Path logs, int port) {
		try {
			Path directory = Files.createDirectories(logs.resolve("nginx")).toAbsolutePath();
			Path file = directory.resolve("nginx.conf");
			Files.writeString(file,
					CONFIGURATION.replace("MODULE", MODULE.toString()).replace("PORT", String.valueOf(port)));
			ChildProcess child = ChildProcess.start(logs.resolve("nginx.log"),
					List.of("nginx", "-p", directory.toString(), "-c", file.toString()));
			child.awaitPort(port);
			return child;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
