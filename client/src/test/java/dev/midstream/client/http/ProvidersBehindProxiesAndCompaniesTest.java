package dev.midstream.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Failure;
import dev.midstream.model.Failure.NotConnected.Reason;
import dev.midstream.model.Secret;
import dev.midstream.routing.Passage;
import dev.midstream.routing.Passage.Kind;
import dev.midstream.routing.Passage.Proxy;
import dev.midstream.routing.Passage.Trust;
import dev.midstream.testkit.Answer;
import dev.midstream.testkit.Dialect;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.passage.ConnectProxy;
import dev.midstream.testkit.passage.TlsFront;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProvidersBehindProxiesAndCompaniesTest {

    private static final URI ABROAD = URI.create("https://api.provider.test/v1");

    private final ScriptedProvider provider =
            ScriptedProvider.start("provider", Dialect.chat())
                    .answering(asked -> Answer.text("Once upon a time"));
    private final TlsFront tls = TlsFront.of(provider.origin().getPort());
    private final JdkTransport transport = new JdkTransport();

    @AfterEach
    void stop() {
        transport.close();
        tls.close();
        provider.close();
    }

    @Test
    void aCertificateThatACompanyMadeIsTaken() {
        answers(ask("localhost", new Passage(company(), null)));
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNot() {
        fails(ask("localhost", Passage.DIRECT), Reason.TLS);
    }

    @Test
    void aCertificateForAnotherHostIsNotEvenWhereItsMakerIsTrusted() {
        fails(ask("127.0.0.1", new Passage(company(), null)), Reason.TLS);
    }

    @Test
    void nothingIsCheckedWhereTheOperatorSaidSo() {
        answers(ask("127.0.0.1", new Passage(new Trust.Anybody(), null)));
    }

    @Test
    void certificatesThatAreNoneAreObjectedTo() {
        Passage broken = new Passage(new Trust.Also("-----BEGIN CERTIFICATE-----\nAA\n"), null);
        assertThat(transport.objection(broken, ABROAD))
                .isEqualTo("the certificates cannot be used");
    }

    @Test
    void requestsGoThroughAProxy() {
        try (ConnectProxy proxy = ConnectProxy.asking(null)) {
            answers(ask("api.provider.test", by(Kind.HTTP, proxy, null, null)));
            assertThat(proxy.asked()).containsExactly("api.provider.test:" + tls.port());
        }
    }

    @Test
    void aProxyThatWantsALoginGivesNoConnection() {
        try (ConnectProxy proxy = ConnectProxy.asking("me:right")) {
            Told told = ask("api.provider.test", by(Kind.HTTP, proxy, null, null));
            assertThat(told.failure())
                    .isEqualTo(
                            new Failure.NotConnected(
                                    Reason.OTHER, "The proxy gave no connection to the upstream"));
            assertThat(told.status).isNotDone();
        }
    }

    @Test
    void aProxyThatIsNotThereRefuses() {
        ConnectProxy proxy = ConnectProxy.asking(null);
        Passage passage = by(Kind.HTTP, proxy, null, null);
        proxy.close();
        fails(ask("api.provider.test", passage), Reason.REFUSED);
    }

    /** As every Java installation is set up; the process that follows is started otherwise. */
    @Test
    void aLoginAtAProxyIsObjectedToWhereJavaWouldLeaveItOut() {
        try (ConnectProxy proxy = ConnectProxy.asking("me:p@ss")) {
            Passage passage = by(Kind.HTTP, proxy, "me", "p@ss");
            assertThat(transport.objection(passage, ABROAD))
                    .contains("-Djdk.http.auth.tunneling.disabledSchemes=");
            assertThat(transport.objection(passage, URI.create("http://localhost/v1"))).isNull();
            assertThat(ask("api.provider.test", passage).failure())
                    .isInstanceOf(Failure.Unusable.class);
            assertThat(proxy.asked()).isEmpty();
        }
    }

    @Test
    void aLoginAtAProxyIsShownWhereJavaWasStartedSo() throws Exception {
        try (ConnectProxy proxy = ConnectProxy.asking("me:p@ss")) {
            assertThat(elsewhere(proxy, "p@ss")).contains("Once upon a time");
            assertThat(elsewhere(proxy, "wr0ng"))
                    .contains("The proxy gave no connection to the upstream")
                    .doesNotContain("wr0ng");
        }
    }

    @Test
    void aSocksProxyIsObjectedTo() {
        try (ConnectProxy proxy = ConnectProxy.asking(null)) {
            Passage passage = by(Kind.SOCKS5, proxy, null, null);
            assertThat(transport.objection(passage, ABROAD)).contains("SOCKS");
            assertThat(ask("api.provider.test", passage).failure())
                    .isInstanceOfSatisfying(
                            Failure.Unusable.class,
                            failure -> assertThat(failure.message()).contains("SOCKS"));
            assertThat(proxy.asked()).isEmpty();
        }
    }

    @Test
    void anOrdinaryWayIsNotObjectedTo() {
        assertThat(transport.objection(Passage.DIRECT, ABROAD)).isNull();
        assertThat(transport.objection(new Passage(company(), null), ABROAD)).isNull();
        assertThat(transport.objection(new Passage(new Trust.Anybody(), null), ABROAD)).isNull();
    }

    // --------------------------------------------------------------------------------- machinery

    private Told ask(String host, Passage passage) {
        URI base = URI.create("https://" + host + ":" + tls.port() + "/v1");
        return Asked.by(transport, base, passage).told();
    }

    private static Passage by(
            Kind kind, ConnectProxy proxy, @Nullable String user, @Nullable String password) {
        return new Passage(
                new Trust.Anybody(),
                new Proxy(
                        kind,
                        "127.0.0.1",
                        proxy.port(),
                        user,
                        password == null ? null : Secret.of(password)));
    }

    private static Trust company() {
        return new Trust.Also(TlsFront.certificate());
    }

    private void answers(Told told) {
        assertThat(told.failure()).isNull();
        assertThat(told.text()).contains("Once upon a time", "[DONE]");
    }

    private void fails(Told told, Reason reason) {
        assertThat(told.failure())
                .isInstanceOfSatisfying(
                        Failure.NotConnected.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
        assertThat(provider.requests()).isEmpty();
    }

    private String elsewhere(ConnectProxy proxy, String password)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-Djdk.http.auth.tunneling.disabledSchemes=",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ThroughAProxy.class.getName(),
                                Integer.toString(tls.port()),
                                Integer.toString(proxy.port()),
                                password)
                        .redirectErrorStream(true)
                        .start();
        try {
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    /** A process of its own: the JDK reads the switch once. */
    static final class ThroughAProxy {

        private ThroughAProxy() {}

        public static void main(String[] ports) {
            URI base = URI.create("https://api.provider.test:" + ports[0] + "/v1");
            Proxy proxy =
                    new Proxy(
                            Kind.HTTP,
                            "127.0.0.1",
                            Integer.parseInt(ports[1]),
                            "me",
                            Secret.of(ports[2]));
            try (JdkTransport transport = new JdkTransport()) {
                Told told =
                        Asked.by(transport, base, new Passage(new Trust.Anybody(), proxy)).told();
                System.out.println(told.failure() + told.text());
            }
        }
    }
}
