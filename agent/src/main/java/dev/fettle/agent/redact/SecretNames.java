package dev.fettle.agent.redact;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names whose values are secrets: of variables, fields, map keys, headers, query parameters. */
final class SecretNames {
  /** Anywhere in a name, after {@link #normalized}. */
  private static final List<String> PARTS =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "secret",
          "credential",
          "apikey",
          "privatekey",
          "secretkey",
          "accesskey",
          "signingkey",
          "encryptionkey",
          "masterkey",
          "authorization",
          "bearer",
          "jwt",
          "token",
          "csrf",
          "xsrf",
          "cookie",
          "sessionid",
          "session",
          "creditcard",
          "cardnumber",
          "connectionstring",
          "oauth",
          "saml");

  /** Whole names, after {@link #normalized}. */
  private static final Set<String> WHOLE =
      Set.of(
          "pwd",
          "pw",
          "pass",
          "pin",
          "otp",
          "cvv",
          "cvc",
          "cvv2",
          "ssn",
          "iban",
          "jti",
          "nonce",
          "salt",
          "auth",
          "sso",
          "sid",
          "phpsessid",
          "jsessionid",
          "pemfile",
          "2fa",
          "mfa",
          "pan",
          "xforwardedfor",
          "mysqlpwd",
          "phone",
          "phonenumber");

  private SecretNames() {}

  static boolean isSecret(String name) {
    String plain = normalized(name);
    return WHOLE.contains(plain) || PARTS.stream().anyMatch(plain::contains);
  }

  private static String normalized(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length() && i < 128; i++) {
      char c = name.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        plain.append(c);
      }
    }
    return plain.toString().toLowerCase(Locale.ROOT);
  }
}
