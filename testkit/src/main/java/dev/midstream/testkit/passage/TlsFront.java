package dev.midstream.testkit.passage;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** TLS before a provider, by a certificate of its own for {@code localhost}. Thread-safe. */
public final class TlsFront extends Pipe {

    private static final String FOLDER = "/dev/midstream/testkit/passage/";
    private static final char[] PASSWORD = "for-tests".toCharArray();

    private final int provider;

    private TlsFront(ServerSocket server, int provider) {
        super(server);
        this.provider = provider;
    }

    /** Opens one on a free port of the loopback address, before the provider at another. */
    public static TlsFront of(int providerPort) {
        try {
            ServerSocket server =
                    context().getServerSocketFactory().createServerSocket(0, 50, loopback());
            TlsFront front = new TlsFront(server, providerPort);
            front.listen();
            return front;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Its certificate in PEM, which signed itself. */
    public static String certificate() {
        try (InputStream in = resource("localhost.pem")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    Socket join(Socket client) throws IOException {
        return new Socket(loopback(), provider);
    }

    private static SSLContext context() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = resource("localhost.p12")) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(TlsFront.class.getResourceAsStream(FOLDER + name));
    }
}
