package dev.midstream.client.http;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS as another context does it, with every connection counted. */
final class CountingContext extends SSLContext {

    private CountingContext(SSLContext context, Handshakes handshakes) {
        super(new Spi(context, handshakes), context.getProvider(), context.getProtocol());
    }

    static SSLContext over(SSLContext context, Handshakes handshakes) {
        return new CountingContext(context, handshakes);
    }

    private static final class Spi extends SSLContextSpi {

        private final SSLContext context;
        private final Handshakes handshakes;

        Spi(SSLContext context, Handshakes handshakes) {
            this.context = context;
            this.handshakes = handshakes;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            handshakes.begin();
            return context.createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            handshakes.begin();
            return context.createSSLEngine(host, port);
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return context.getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return context.getSupportedSSLParameters();
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys,
                TrustManager @Nullable [] trusted,
                @Nullable SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("it is set up already");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return context.getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return context.getServerSocketFactory();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }
    }
}
