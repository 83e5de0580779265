package dev.fettle.server.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings below {@code fettle.access.}.
 *
 * @param users {@code name:role:password} each; roles are viewer, approver, admin; a password may
 *     be a {@code {bcrypt}} hash; with any of them everybody logs in, on loopback too
 * @param hosts further host names that may stand in a Host header, for a server behind a proxy;
 *     they need users
 */
@ConfigurationProperties("fettle.access")
public record AccessSettings(@DefaultValue List<String> users, @DefaultValue List<String> hosts) {
  public AccessSettings {
    users = List.copyOf(users);
    hosts = List.copyOf(hosts);
  }

  /** One person who may log in. */
  record User(String name, String role, String password) {

    static User parse(String entry) {
      String[] parts = entry.split(":", 3);
      if (parts.length != 3
          || parts[0].isBlank()
          || parts[2].isBlank()
          || !List.of("viewer", "approver", "admin").contains(parts[1])) {
        throw new IllegalArgumentException(
            "fettle.access.users expects name:role:password with role viewer, approver or admin");
      }
      return new User(parts[0], parts[1].toUpperCase(java.util.Locale.ROOT), parts[2]);
    }
  }

  static boolean loopback(@Nullable String address) {
    return address == null
        || address.equals("localhost")
        || address.startsWith("127.")
        || address.equals("::1")
        || address.equals("[::1]");
  }
}
