package dev.fettle.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that a foreign web page made a browser send: an unknown Host (DNS rebinding), or
 * an Origin other than ours on a request that changes something. A page of another port is foreign:
 * any program on this machine may serve one.
 */
final class SameSiteGuard extends OncePerRequestFilter {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final boolean loopback;
  private final Set<String> hosts;

  SameSiteGuard(boolean loopback, List<String> furtherHosts) {
    this.loopback = loopback;
    this.hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]", "::1"));
    furtherHosts.forEach(h -> hosts.add(h.toLowerCase(Locale.ROOT)));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String host = request.getServerName().toLowerCase(Locale.ROOT);
    if (loopback && !hosts.contains(host)) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN, "unknown host");
      return;
    }
    if (!SAFE.contains(request.getMethod()) && foreign(request.getHeader("Origin"), request)) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN, "foreign origin");
      return;
    }
    chain.doFilter(request, response);
  }

  private static boolean foreign(@Nullable String origin, HttpServletRequest request) {
    if (origin == null) {
      return false;
    }
    try {
      URI from = URI.create(origin);
      URI asked = URI.create(from.getScheme() + "://" + request.getHeader("Host"));
      return from.getHost() == null
          || !from.getHost().equalsIgnoreCase(asked.getHost())
          || port(from) != port(asked)
          || (request.isSecure() && !"https".equalsIgnoreCase(from.getScheme()));
    } catch (IllegalArgumentException malformed) {
      return true;
    }
  }

  /** A proxy may have taken off the TLS: the origin says which port goes without saying. */
  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }
}
