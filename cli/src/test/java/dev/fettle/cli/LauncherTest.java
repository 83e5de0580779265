package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.testkit.TinyJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script in a checkout of its own, whose build is a script that lays jars down. */
class LauncherTest {
  private static final Path SCRIPT = Path.of(System.getProperty("fettle.root"), "fettle");
  private static final List<String> JARS = List.of("cli", "server", "agent", "bench");

  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void checkout() throws IOException {
    home = Files.createDirectories(folder.resolve("a check out"));
    Files.copy(SCRIPT, home.resolve("fettle"));
    Path jar =
        TinyJar.write(
            folder.resolve("echo.jar"),
            "Echo",
            "public class Echo { public static void main(String[] a) {"
                + " System.out.println(System.getProperty(\"fettle.home\"));"
                + " System.out.println(String.join(\"|\", a)); System.exit(5); } }",
            Map.of("Main-Class", "Echo"));
    StringBuilder build = new StringBuilder("echo '[INFO] Building Fettle contract 1.0 [2/24]'\n");
    for (String module : JARS) {
      build.append("mkdir -p " + module + "/target\n");
      build.append("cp '" + jar + "' " + module + "/target/fettle-" + module + ".jar\n");
    }
    Files.writeString(home.resolve("mvnw"), build + "echo built >> builds\n");
    Files.createDirectories(home.resolve("engine/src/main/java"));
    Files.createDirectories(home.resolve("engine/src/test/java"));
    source("engine/src/main/java/A.java", -60);
    source("engine/src/test/java/ATest.java", -60);
  }

  private void source(String path, int secondsFromNow) throws IOException {
    Path file = home.resolve(path);
    Files.writeString(file, "");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(secondsFromNow)));
  }

  private Child.Ended fettle(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/bash", home.resolve("fettle").toString()));
    command.addAll(List.of(arguments));
    return Child.start(folder, environment, command).end();
  }

  private long builds() throws IOException {
    Path builds = home.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  @Test
  void buildsOnceWithProgressAndHandsArgumentsAndExitCodeThrough() throws Exception {
    Child.Ended first = fettle(Map.of(), "show", "a b", "");
    assertThat(first.code()).isEqualTo(5);
    assertThat(first.out().lines()).containsExactly(home.toRealPath().toString(), "show|a b|");
    assertThat(first.err()).contains("fettle: building", "[2/24] Fettle contract");
    assertThat(fettle(Map.of()).err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewerButNotForATest() throws Exception {
    fettle(Map.of());
    source("engine/src/test/java/ATest.java", 60);
    fettle(Map.of());
    assertThat(builds()).isEqualTo(1);
    source("engine/src/main/java/A.java", 60);
    fettle(Map.of());
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void buildsAgainWhenAJarIsMissing() throws Exception {
    fettle(Map.of());
    Files.delete(home.resolve("agent/target/fettle-agent.jar"));
    fettle(Map.of());
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void findsItsHomeThroughSymbolicLinks() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("first"), Path.of("../a check out/fettle"));
    Files.createSymbolicLink(bin.resolve("fettle"), Path.of("first"));
    Child.Ended ended = Child.start(bin, Map.of(), List.of("/bin/bash", "fettle", "doctor")).end();
    assertThat(ended.out().lines()).containsExactly(home.toRealPath().toString(), "doctor");
  }

  @Test
  void aFailingBuildShowsItsErrorsAndEndsWithOne() throws Exception {
    Files.writeString(
        home.resolve("mvnw"), "echo '[ERROR] A.java:[1,2] no such type'\necho junk\nexit 1\n");
    Child.Ended ended = fettle(Map.of(), "demo");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .contains("no such type", "the build failed; see")
        .doesNotContain("junk");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void neverBuildsWhenToldNotTo() throws Exception {
    Child.Ended ended = fettle(Map.of("FETTLE_SKIP_BUILD", "1"), "demo");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("not built yet");
    assertThat(builds()).isZero();
  }

  @Test
  void startsWithAnEmptyPathOnceBuilt() throws Exception {
    fettle(Map.of());
    Map<String, String> bare =
        Map.of("PATH", "", "FETTLE_SKIP_BUILD", "1", "JAVA_HOME", System.getProperty("java.home"));
    assertThat(fettle(bare, "x").out()).contains("x");
  }

  @Test
  void saysWhereItLookedWhenThereIsNoJdk() throws Exception {
    assumeTrue(
        Child.start(folder, Map.of(), List.of("/bin/sh", "-c", "bwrap --dev-bind / / true"))
                .end()
                .code()
            == 0,
        "SKIPPED: hiding the JDKs of this machine needs a working bubblewrap");
    List<String> command =
        List.of(
            "bwrap",
            "--dev-bind",
            "/",
            "/",
            "--tmpfs",
            "/usr/lib/jvm",
            "--tmpfs",
            "/opt",
            "env",
            "-i",
            "/bin/bash",
            home.resolve("fettle").toString(),
            "demo");
    Child.Ended ended = Child.start(folder, Map.of(), command).end();
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).startsWith("fettle: needs a JDK 17 or later (with javac)");
    assertThat(builds()).isZero();
  }
}
