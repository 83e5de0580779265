package dev.fettle.llm.settings;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which servers may be named: http or https, no user information, never a link-local address or a
 * metadata service, and a key travels unencrypted only on the same machine. Only the owner of the
 * installation names servers, so private networks are allowed.
 */
public final class Endpoint {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[?::1]?");
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "169\\.254\\..*|\\[?fe[89ab].*|metadata(\\.google\\.internal)?|0\\.0\\.0\\.0|\\d+"
              + "|0x[0-9a-f]+|\\[?::ffff:.*|100\\.100\\.100\\.200|\\[?fd00:ec2::254]?");

  private Endpoint() {}

  /**
   * Whether a host is this machine by name or number.
   *
   * @param host as {@link URI#getHost} has it
   */
  public static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  /**
   * @param url empty when there is no server
   * @throws SettingsException when it may not be used
   */
  static void check(String url, boolean key) {
    if (url.isEmpty()) {
      return;
    }
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new SettingsException("base-url is not a URL: " + url);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || host.isEmpty()) {
      throw new SettingsException("base-url is " + url + "; expected http(s)://HOST[:PORT]/...");
    }
    if (uri.getUserInfo() != null) {
      throw new SettingsException("base-url holds a user; keys come from api-key-env or a file");
    }
    if (FORBIDDEN.matcher(host).matches()) {
      throw new SettingsException("base-url names " + host + ", which no model server has");
    }
    if (key && scheme.equals("http") && !isLoopback(host)) {
      throw new SettingsException("a key is sent by https only, except to this machine: " + url);
    }
  }
}
