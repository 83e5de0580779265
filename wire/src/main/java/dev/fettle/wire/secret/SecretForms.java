package dev.fettle.wire.secret;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names whose values are secrets, and how known kinds of secrets begin. Everything that redacts
 * asks here. Immutable.
 */
public final class SecretForms {
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

  private static final List<String> PREFIXES =
      List.of(
          "AKIA",
          "ASIA",
          "ghp_",
          "gho_",
          "ghu_",
          "ghs_",
          "ghr_",
          "github_pat_",
          "glpat-",
          "xoxb-",
          "xoxp-",
          "xoxa-",
          "xoxr-",
          "xoxs-",
          "sk-",
          "sk_live_",
          "sk_test_",
          "rk_live_",
          "AIza",
          "eyJ",
          "SG.",
          "npm_",
          "pypi-",
          "hf_",
          "dop_v1_",
          "shpat_",
          "ya29.",
          "pk_live_",
          "whsec_",
          "gsk_",
          "AGE-SECRET-KEY-",
          "PMAK-",
          "lin_api_",
          "dckr_pat_");

  private static final int LONGEST_NAME = 128;

  private SecretForms() {}

  /**
   * Whether what a variable, field, map key, header or query parameter of that name holds is a
   * secret. Case and punctuation do not count.
   */
  public static boolean isSecretName(String name) {
    String plain = normalized(name);
    return WHOLE.contains(plain) || PARTS.stream().anyMatch(plain::contains);
  }

  /** Whether a known kind of secret may begin at an offset; how long it must be is the caller's. */
  public static boolean beginsAt(String text, int from) {
    for (String prefix : PREFIXES) {
      if (text.startsWith(prefix, from)) {
        return true;
      }
    }
    return false;
  }

  private static String normalized(String name) {
    StringBuilder plain = new StringBuilder(Math.min(name.length(), LONGEST_NAME));
    for (int i = 0; i < name.length() && i < LONGEST_NAME; i++) {
      char c = name.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        plain.append(c);
      }
    }
    return plain.toString().toLowerCase(Locale.ROOT);
  }
}
