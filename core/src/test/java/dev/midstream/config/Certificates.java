package dev.midstream.config;

/** A certificate that nobody has to trust: made by openssl for these tests, its key thrown away. */
final class Certificates {

    static final String PEM =
            """
            -----BEGIN CERTIFICATE-----
            MIIBjzCCATWgAwIBAgIUUYqHHRzhaDj8jf1zHCsw5POCK/swCgYIKoZIzj0EAwIw
            HDEaMBgGA1UEAwwRTWlkc3RyZWFtIHRlc3QgQ0EwIBcNMjYxMTIwMTcyNTIyWhgP
            MjEyNjEwMjcxNzI1MjJaMBwxGjAYBgNVBAMMEU1pZHN0cmVhbSB0ZXN0IENBMFkw
            EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEuxVlI/ZYv6kvV7mgYicXqMtaKKBvS4Cc
            SsbLbJkpNvQ+RoE2HPheJkfaLSmHth54b9T19R1y1X3kA5dpJNEraqNTMFEwHQYD
            VR0OBBYEFIt9RHUb9X1o6661o+Nk3I34pdeKMB8GA1UdIwQYMBaAFIt9RHUb9X1o
            6661o+Nk3I34pdeKMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIh
            APz1Fl9Imkjana8k3XeFaUDICgK+bneySV2wqkW8fW2sAiBJLdNQcyg/qlDL8Exp
            SjL6MzZZQmFycWJ2hdL4g4JU5Q==
            -----END CERTIFICATE-----
            """;

    private Certificates() {}
}
