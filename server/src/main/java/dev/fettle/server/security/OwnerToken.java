package dev.fettle.server.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a server on loopback shows to decide: everybody on the machine reaches the
 * port, the builds that fetch for a repair too, but only the owner reads the file. Programs send
 * the token in a header; a browser gets a cookie for it by a link that works once. Thread-safe.
 */
public final class OwnerToken {
  /** The header that programs send. */
  public static final String HEADER = "X-Fettle-Owner";

  /** The cookie that browsers send. */
  public static final String COOKIE = "fettle-owner";

  private static final String FILE = "owner.token";
  private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{48}");
  private static final Pattern LINK =
      Pattern.compile("(\\d{10,12})-([0-9a-f]{16,64})-([0-9a-f]{64})");
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final int MOST_USED_LINKS = 10_000;

  private final String token;
  private final Clock clock;
  private final Map<String, Instant> used = new ConcurrentHashMap<>();

  private OwnerToken(String token, Clock clock) {
    this.token = token;
    this.clock = clock;
  }

  /**
   * The token in {@code owner.token} of a data directory; made on first use, for its owner only.
   */
  public static OwnerToken in(Path data, Clock clock) {
    Path file = data.resolve(FILE);
    try {
      if (!Files.isRegularFile(file)) {
        create(file);
      }
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(file, OWNER_ONLY);
      }
      String token = Files.readString(file).strip();
      if (!TOKEN.matcher(token).matches()) {
        throw new IllegalStateException(
            file + " holds no token of 48 hexadecimal digits: delete it, and a new one is made");
      }
      return new OwnerToken(token, clock);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the owner's token in " + data, e);
    }
  }

  private static void create(Path file) throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    try {
      boolean posix = Files.getFileStore(file.getParent()).supportsFileAttributeView("posix");
      if (posix) {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      } else {
        Files.createFile(file);
      }
      Files.writeString(file, HexFormat.of().formatHex(random));
    } catch (FileAlreadyExistsException another) {
      // made in this very moment by the launcher: theirs is as good
    }
  }

  /** Whether a program showed the token. */
  boolean shown(@Nullable String header) {
    return header != null && same(header.strip(), token);
  }

  /** Whether a browser showed the cookie that {@link #open} gave it. */
  boolean cookie(@Nullable String value) {
    return value != null && same(value, mac("cookie"));
  }

  /**
   * The cookie's value for the last part of a link, {@code expiry-nonce-mac}: seconds since 1970,
   * anything in hexadecimal, and {@code HMAC-SHA256(token, "link:" + expiry + "-" + nonce)}. Empty
   * when the link is too old, was used before, or was not made with the token.
   */
  public Optional<String> open(String link) {
    Matcher m = LINK.matcher(link);
    if (!m.matches() || !same(m.group(3), mac("link:" + m.group(1) + "-" + m.group(2)))) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Instant expiry = Instant.ofEpochSecond(Long.parseLong(m.group(1)));
    used.values().removeIf(end -> end.isBefore(now));
    boolean good =
        now.isBefore(expiry)
            && used.size() < MOST_USED_LINKS
            && used.putIfAbsent(m.group(2), expiry) == null;
    return good ? Optional.of(mac("cookie")) : Optional.empty();
  }

  private String mac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
