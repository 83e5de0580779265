package dev.fettle.llm.client;

import dev.fettle.llm.settings.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that {@code https_proxy}, {@code http_proxy} and {@code no_proxy} name, as other tools
 * read them; without them the JVM's own properties. This machine is never reached through a proxy,
 * which would get the key and the source to see. Immutable.
 */
final class Proxies extends ProxySelector {
  private final Map<String, String> environment;

  Proxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (Endpoint.isLoopback(host)) {
      return List.of(Proxy.NO_PROXY);
    }
    String proxy = variable(uri.getScheme() + "_proxy");
    if (proxy == null) {
      ProxySelector system = ProxySelector.getDefault();
      return system == null ? List.of(Proxy.NO_PROXY) : system.select(uri);
    }
    if (excluded(host)) {
      return List.of(Proxy.NO_PROXY);
    }
    URI at = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
    if (at.getHost() == null) {
      throw new IllegalArgumentException(uri.getScheme() + "_proxy is not HOST:PORT or a URL");
    }
    int port = at.getPort() > 0 ? at.getPort() : 80;
    return List.of(
        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(at.getHost(), port)));
  }

  private boolean excluded(String host) {
    String no = variable("no_proxy");
    if (no == null) {
      return false;
    }
    for (String entry : no.toLowerCase(Locale.ROOT).split(",", 100)) {
      String name = entry.strip();
      String suffix = name.startsWith(".") ? name : "." + name;
      if (name.equals("*") || (!name.isEmpty() && ("." + host).endsWith(suffix))) {
        return true;
      }
    }
    return false;
  }

  private @Nullable String variable(String lower) {
    String value = environment.get(lower);
    String found = value == null ? environment.get(lower.toUpperCase(Locale.ROOT)) : value;
    return found == null || found.isBlank() ? null : found.strip();
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {}
}
