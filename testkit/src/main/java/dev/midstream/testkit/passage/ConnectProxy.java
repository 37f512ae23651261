package dev.midstream.testkit.passage;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A forward proxy that knows {@code CONNECT}; whatever host is asked for, it leads to this machine.
 * Thread-safe.
 *
 * <p><b>Source</b>: RFC 9110, 9.3.6 and 11.7.
 */
public final class ConnectProxy extends Pipe {

    private static final int MOST_HEAD_BYTES = 8192;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final @Nullable String login;

    private ConnectProxy(ServerSocket server, @Nullable String login) {
        super(server);
        this.login = login;
    }

    /**
     * Opens one on a free port of the loopback address.
     *
     * @param login {@code user:password} that it asks for, null for none
     */
    public static ConnectProxy asking(@Nullable String login) {
        try {
            ConnectProxy proxy = new ConnectProxy(new ServerSocket(0, 50, loopback()), login);
            proxy.listen();
            return proxy;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** {@code host:port} of all that was asked for, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    @Nullable Socket join(Socket client) throws IOException {
        String head = head(client.getInputStream());
        String target = head.split(" ", 3)[1];
        asked.add(target);
        if (login != null && !head.contains(credential())) {
            answer(client, "407 Proxy Authentication Required\r\nproxy-authenticate: Basic");
            return null;
        }
        int port = Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
        Socket other = new Socket(loopback(), port);
        answer(client, "200 Connection established");
        return other;
    }

    private String credential() {
        byte[] words = String.valueOf(login).getBytes(StandardCharsets.UTF_8);
        return "basic " + Base64.getEncoder().encodeToString(words);
    }

    private static void answer(Socket client, String line) throws IOException {
        client.getOutputStream()
                .write(("HTTP/1.1 " + line + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0 && head.length() < MOST_HEAD_BYTES) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended inside the head");
            }
            head.append((char) next);
        }
        return head.toString().replace("Basic ", "basic ");
    }
}
