package dev.fettle.sandbox.confine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the strongest confinement that works on this machine. */
public final class Confinements {
  private static final Path BUBBLEWRAP = Path.of("/usr/bin/bwrap");

  /** Prints what got out, a word each; {@code held} alone when nothing did. */
  private static final String PROBE =
      """
      test -e "$SECRET" && echo secret
      touch /usr/fettle-probe 2>/dev/null && echo usr
      touch /etc/fettle-probe 2>/dev/null && echo etc
      cat /etc/shadow >/dev/null 2>&1 && echo shadow
      test "$(grep -c : /proc/net/dev)" = 1 || echo network
      test "$(ls -d /proc/[0-9]* | wc -l)" -lt 12 || echo processes
      test "$(id -u)" != 0 || echo root
      touch "$WRITABLE/probe" || echo unwritable
      test -r /etc/passwd || echo unreadable
      echo held
      """;

  private Confinements() {}

  /** The strongest one that passed its self-test; else the host, as far as that is allowed. */
  public static Confinement strongest(HostExecution host) {
    if (!Files.isExecutable(BUBBLEWRAP)) {
      return new HostConfinement(host, "bubblewrap is not installed");
    }
    boolean root = "root".equals(System.getProperty("user.name"));
    Bubblewrap bubblewrap = new Bubblewrap(BUBBLEWRAP, root);
    Optional<String> hole = selfTest(bubblewrap);
    return hole.isEmpty()
        ? bubblewrap
        : new HostConfinement(host, "bubblewrap does not hold here: " + hole.get());
  }

  /** What got out of the confinement or kept it from working; empty when it holds. */
  static Optional<String> selfTest(Confinement confinement) {
    try (Children children = new Children(confinement)) {
      Path secret = Files.createTempFile("fettle-secret", "");
      Path writable = Files.createTempDirectory("fettle-probe");
      try {
        Children.Ended ended =
            children.execute(
                new Room(
                    List.of("/bin/sh", "-c", PROBE),
                    writable,
                    List.of(),
                    List.of(writable),
                    false,
                    Map.of(
                        "PATH", "/usr/bin:/bin",
                        "SECRET", secret.toString(),
                        "WRITABLE", writable.toString())),
                Duration.ofSeconds(10));
        String said = ended.output().strip();
        return ended.passed() && said.equals("held")
            ? Optional.empty()
            : Optional.of(said.isEmpty() ? "code " + ended.exitCode() : said.replace('\n', ' '));
      } finally {
        Files.deleteIfExists(secret);
        Files.deleteIfExists(writable.resolve("probe"));
        Files.deleteIfExists(writable);
      }
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
