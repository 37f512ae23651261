package dev.midstream.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class BlackHoleSwallowsConnectionsTest {

    @Test
    void neitherAcceptsNorRefuses() throws IOException {
        try (BlackHole hole = BlackHole.open();
                Socket socket = new Socket()) {
            InetSocketAddress address =
                    new InetSocketAddress(hole.origin().getHost(), hole.origin().getPort());
            assertThatThrownBy(() -> socket.connect(address, 50))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }
}
