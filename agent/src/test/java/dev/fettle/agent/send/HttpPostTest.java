package dev.fettle.agent.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HttpPostTest {
  @Test
  void leavesTheHostsTlsAlone() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    SSLContext before = SSLContext.getDefault();
    SSLContext.setDefault(new Counting(asked));
    try (ServerSocket server = closing()) {
      HttpPost http =
          new HttpPost(URI.create("https://127.0.0.1:" + server.getLocalPort()), null, "i");
      assertThatThrownBy(() -> http.post("/x", new byte[0], 10_000))
          .isInstanceOf(IOException.class);
    } finally {
      SSLContext.setDefault(before);
    }
    assertThat(asked).hasValue(0);
  }

  @Test
  void refusesNumbersThatAreNone() throws Exception {
    assertThatThrownBy(() -> answered("HTTP/1.1 503 x\r\nRetry-After: 3000000000\r\n\r\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("number");
    assertThatThrownBy(() -> answered("HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("negative");
    assertThat(
            answered("HTTP/1.1 503 x\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n")
                .retryAfterSeconds())
        .isEqualTo(7);
  }

  @Test
  void namesAnInstanceInAnyScript() throws Exception {
    CompletableFuture<String> heard = new CompletableFuture<>();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread listener =
          new Thread(
              () -> {
                try (Socket agent = server.accept()) {
                  StringBuilder head = new StringBuilder();
                  while (head.indexOf("\r\n\r\n") < 0) {
                    head.append((char) agent.getInputStream().read());
                  }
                  agent
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 200 x\r\nContent-Length: 0\r\n\r\n"
                              .getBytes(StandardCharsets.US_ASCII));
                  heard.complete(head.toString());
                } catch (IOException e) {
                  heard.completeExceptionally(e);
                }
              });
      listener.start();
      new HttpPost(
              URI.create("http://127.0.0.1:" + server.getLocalPort()), null, "caf\u00e9 \u5e97-1")
          .post("/x", new byte[0], 10_000);
    }
    assertThat(heard.get()).contains("X-Fettle-Instance: caf%C3%A9%20%E5%BA%97-1\r\n");
  }

  private static HttpPost.Answer answered(String answer) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
        HttpPost http =
            new HttpPost(URI.create("http://127.0.0.1:" + server.getLocalPort()), null, "i")) {
      Thread answering =
          new Thread(
              () -> {
                try (Socket agent = server.accept()) {
                  agent.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                  agent.shutdownOutput();
                  agent.getInputStream().readAllBytes();
                } catch (IOException e) {
                  // the agent hung up
                }
              });
      answering.start();
      return http.post("/x", new byte[0], 10_000);
    }
  }

  /** Hangs up on everybody. */
  private static ServerSocket closing() throws IOException {
    ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
    Thread closing =
        new Thread(
            () -> {
              try {
                while (true) {
                  server.accept().close();
                }
              } catch (IOException e) {
                // the test is over
              }
            });
    closing.setDaemon(true);
    closing.start();
    return server;
  }

  /** A context of the host that counts who asks it. */
  private static final class Counting extends SSLContext {
    Counting(AtomicInteger asked) {
      super(new Spi(asked), new Provider("test", "1", "counts") {}, "TLS");
    }
  }

  private static final class Spi extends SSLContextSpi {
    private final AtomicInteger asked;

    Spi(AtomicInteger asked) {
      this.asked = asked;
    }

    @Override
    protected void engineInit(
        KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom r) {}

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      asked.incrementAndGet();
      throw new IllegalStateException("the host's");
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw new IllegalStateException("the host's");
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      throw new IllegalStateException("the host's");
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      throw new IllegalStateException("the host's");
    }

    @Override
    protected @Nullable SSLSessionContext engineGetServerSessionContext() {
      return null;
    }

    @Override
    protected @Nullable SSLSessionContext engineGetClientSessionContext() {
      return null;
    }
  }
}
