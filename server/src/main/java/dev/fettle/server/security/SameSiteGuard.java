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
 * an Origin other than ours on a request that changes something.
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
    if (!SAFE.contains(request.getMethod()) && foreign(request.getHeader("Origin"), host)) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN, "foreign origin");
      return;
    }
    chain.doFilter(request, response);
  }

  private static boolean foreign(@Nullable String origin, String host) {
    if (origin == null) {
      return false;
    }
    try {
      String from = URI.create(origin).getHost();
      return from == null || !from.toLowerCase(Locale.ROOT).equals(host);
    } catch (IllegalArgumentException malformed) {
      return true;
    }
  }
}
