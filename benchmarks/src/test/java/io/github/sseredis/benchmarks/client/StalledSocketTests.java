package io.github.sseredis.benchmarks.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

class StalledSocketTests {

	@Test
	void findsWhatAServerHasWrittenInTheTableOfTheKernel() {
		String table = """
				  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
				   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1
				   1: 0100007F:1F90 0100007F:C001 01 0030D400:00000000 00:00000000 00000000     0        0 2
				   2: 0100007F:C001 0100007F:1F90 01 00000000:00000900 00:00000000 00000000     0        0 3
				   3: 0100007F:1F90 0100007F:C002 04 00000010:00000000 00:00000000 00000000     0        0 4
				""";
		assertThat(StalledSocket.parse(table.lines())).containsEntry(new StalledSocket(8080, 49_153), 3_200_000L)
			.doesNotContainKey(new StalledSocket(8080, 49_154));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void seesASocketFillWhenNobodyReadsIt() throws IOException {
		try (ServerSocketChannel listening = ServerSocketChannel.open()
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				SocketChannel reader = SocketChannel.open().setOption(StandardSocketOptions.SO_RCVBUF, 1)) {
			reader.connect(listening.getLocalAddress());
			try (SocketChannel server = listening.accept()) {
				server.configureBlocking(false);
				int written = 0;
				ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
				while (server.write(bytes.clear()) > 0) {
					written += bytes.position();
				}
				StalledSocket socket = new StalledSocket(listening.socket().getLocalPort(),
						reader.socket().getLocalPort());
				Map<StalledSocket, Long> held = StalledSocket.heldBytes(Set.of(socket));
				assertThat(held).containsOnlyKeys(socket);
				assertThat(held.get(socket)).isBetween(written - 64L * 1024, (long) written);
			}
		}
	}

}
