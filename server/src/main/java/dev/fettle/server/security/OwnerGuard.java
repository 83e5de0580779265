package dev.fettle.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets only the owner change anything on a server without logins. Everybody on the machine may
 * look. A program is told what to send, a browser is sent to a page that says what to do.
 */
final class OwnerGuard extends OncePerRequestFilter {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final OwnerToken token;

  OwnerGuard(OwnerToken token) {
    this.token = token;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (SAFE.contains(request.getMethod())
        || token.shown(request.getHeader(OwnerToken.HEADER))
        || cookie(request)) {
      chain.doFilter(request, response);
    } else if (request.getServletPath().startsWith("/api/")) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      response.setContentType("application/problem+json");
      response
          .getWriter()
          .write(
              "{\"title\":\"Forbidden\",\"status\":403,\"detail\":\"only the owner of this server"
                  + " decides: send the token in owner.token of its data directory as "
                  + OwnerToken.HEADER
                  + " (fettle reads FETTLE_OWNER, or the file of a server started here)\"}");
    } else {
      response.sendRedirect(request.getContextPath() + "/owner");
    }
  }

  private boolean cookie(HttpServletRequest request) {
    Cookie[] all = request.getCookies();
    return all != null
        && Arrays.stream(all)
            .anyMatch(c -> c.getName().equals(OwnerToken.COOKIE) && token.cookie(c.getValue()));
  }
}
