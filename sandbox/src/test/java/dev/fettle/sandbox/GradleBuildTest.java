package dev.fettle.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.contract.spi.ProjectReader.Reading;
import dev.fettle.sandbox.confine.HostExecution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project that a real, installed Gradle describes. */
class GradleBuildTest {
  /** The oldest that runs on JDK 17 is 7.3. */
  private static final double OLDEST = 7.3;

  @TempDir Path directory;

  @Test
  void describesAProjectThroughTheInstalledGradle() throws IOException {
    Optional<Path> gradle =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .map(folder -> Path.of(folder, "gradle"))
            .filter(Files::isExecutable)
            .findFirst();
    unless(gradle.isPresent(), "no gradle is on the PATH");
    String version = version(gradle.orElseThrow());
    unless(
        !version.isEmpty() && Double.parseDouble(version) >= OLDEST,
        "wanted Gradle " + OLDEST + " or later, on the PATH is " + gradle.get() + " " + version);
    Folder tree =
        new Folder(directory.resolve("shop"), "5001")
            .with("settings.gradle", "rootProject.name = 'shop'")
            .with("build.gradle", "plugins { id 'java' }")
            .with("src/main/java/shop/Cart.java", "package shop; public class Cart { }");
    try (Sandbox sandbox = Sandbox.open(directory.resolve("data"), HostExecution.ALLOWED)) {
      Reading reading = sandbox.reader().read(tree);
      assertThat(reading).as("Gradle %s", version).isInstanceOf(Reading.Read.class);
      assertThat(((Reading.Read) reading).project().modules())
          .singleElement()
          .satisfies(m -> assertThat(m.mainOutput().resolve("shop/Cart.class")).exists());
    }
  }

  /** Says on the console too why nothing was run: the report of a build is read by few. */
  private static void unless(boolean usable, String otherwise) {
    String reason =
        "SKIPPED a real Gradle build: " + otherwise + "; the init script is read as text";
    if (!usable) {
      System.out.println(reason);
    }
    assumeTrue(usable, reason);
  }

  private static String version(Path gradle) throws IOException {
    Process process =
        new ProcessBuilder(gradle.toString(), "--version").redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher number = Pattern.compile("Gradle (\\d+\\.\\d+)").matcher(said);
    return number.find() ? number.group(1) : "";
  }
}
