package dev.fettle.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledJdkTest {
  @TempDir Path directory;

  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(directory.resolve(name));
    Files.createDirectories(home.resolve("bin"));
    Path javac = Files.writeString(home.resolve("bin/javac"), "");
    assertThat(javac.toFile().setExecutable(true)).isTrue();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  @Test
  void findsAnyVendorsUnderTheUsualFolders() throws IOException {
    Path seventeen = jdk("jvm/a-17", "17.0.9");
    Path other = jdk("jvm/whoever-25", "25");
    List<Path> folders = List.of(directory.resolve("absent"), directory.resolve("jvm"));
    assertThat(InstalledJdk.find(25, Map.of(), seventeen, folders)).contains(other);
    assertThat(InstalledJdk.find(21, Map.of(), seventeen, folders)).isEmpty();
  }

  @Test
  void takesTheOneThatTheEnvironmentNamesFirst() throws IOException {
    Path named = jdk("elsewhere", "25.0.1");
    jdk("jvm/other", "25");
    Map<String, String> environment =
        Map.of("JAVA_HOME_25_X64", named.toString(), "JAVA_HOME", "", "JAVA_HOME_17", "/nowhere");
    assertThat(InstalledJdk.find(25, environment, directory, List.of(directory.resolve("jvm"))))
        .contains(named);
  }

  @Test
  void leavesOutARuntimeWithoutACompiler() throws IOException {
    Files.delete(jdk("jvm/jre", "25").resolve("bin/javac"));
    assertThat(InstalledJdk.find(25, Map.of(), directory, List.of(directory.resolve("jvm"))))
        .isEmpty();
  }
}
