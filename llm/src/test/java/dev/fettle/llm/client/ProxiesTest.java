package dev.fettle.llm.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final Map<String, String> BOTH =
      Map.of("http_proxy", "http://proxy:3128", "https_proxy", "proxy:3128");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:11434/api",
        "http://LOCALHOST:11434/api",
        "http://127.0.0.1:8080/v1",
        "https://[::1]:8443/v1"
      })
  void thisMachineIsNotReachedThroughAProxy(String server) {
    assertThat(new Proxies(BOTH).select(URI.create(server))).containsExactly(Proxy.NO_PROXY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://gpu:11434/api", "https://localhost.example.org/v1"})
  void othersAre(String server) {
    assertThat(new Proxies(BOTH).select(URI.create(server)))
        .containsExactly(
            new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy", 3128)));
  }

  @Test
  void butNotThoseThatTheEnvironmentExcludes() {
    Map<String, String> but = Map.of("http_proxy", "proxy:3128", "no_proxy", "gpu,.internal");

    assertThat(new Proxies(but).select(URI.create("http://gpu:11434")))
        .containsExactly(Proxy.NO_PROXY);
    assertThat(new Proxies(but).select(URI.create("http://a.internal:11434")))
        .containsExactly(Proxy.NO_PROXY);
  }
}
