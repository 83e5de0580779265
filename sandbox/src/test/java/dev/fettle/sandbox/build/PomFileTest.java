package dev.fettle.sandbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PomFileTest {
  @TempDir Path directory;

  @Test
  void findsJarsByParentsManagementAndPropertiesInTheLocalRepository() throws IOException {
    store(
        "g",
        "parent",
        "3",
        "pom",
        "<project><groupId>g</groupId><artifactId>parent</artifactId>"
            + "<version>3</version><properties><a.version>1.2</a.version></properties>"
            + "<dependencyManagement><dependencies>"
            + dependency("g", "a", "${a.version}", "")
            + "</dependencies></dependencyManagement></project>");
    store(
        "g",
        "a",
        "1.2",
        "pom",
        "<project><dependencies>"
            + dependency("g", "b", "7", "")
            + dependency("g", "ofTests", "1", "test")
            + "</dependencies></project>");
    store("g", "a", "1.2", "jar", "");
    store("g", "b", "6", "jar", "");
    Path pom = directory.resolve("pom.xml");
    Files.writeString(
        pom,
        "<project><parent><groupId>g</groupId><artifactId>parent</artifactId>"
            + "<version>3</version></parent><dependencies>"
            + dependency("g", "a", "", "")
            + dependency("g", "nowhere", "2", "")
            + "</dependencies>"
            + "<build><sourceDirectory>${basedir}/source</sourceDirectory></build></project>");

    PomFile read = PomFile.read(pom, repository()).orElseThrow();
    PomClassPath path = PomClassPath.of(read, repository());

    assertThat(path.jars())
        .extracting(j -> j.getFileName().toString())
        .containsExactly("a-1.2.jar", "b-6.jar");
    assertThat(path.missing()).containsExactly("g:nowhere:2");
    assertThat(read.sources()).contains("./source");
    assertThat(read.tests()).isEmpty();
  }

  @Test
  void namesNoJarOutsideOfTheRepository() throws IOException {
    Files.createDirectories(repository().resolve("g"));
    Files.createDirectories(directory.resolve("home"));
    Files.writeString(directory.resolve("home/mine-1.jar"), "");
    Files.writeString(directory.resolve("pom.xml"), escaping());

    PomClassPath path =
        PomClassPath.of(
            PomFile.read(directory.resolve("pom.xml"), repository()).orElseThrow(), repository());

    assertThat(path.jars()).isEmpty();
    assertThat(path.missing()).hasSize(1);
  }

  private String escaping() {
    return "<project><dependencies>"
        + dependency("g", directory + "/home/mine", "1", "")
        + "</dependencies></project>";
  }

  @Test
  void readsNothingOfWhatIsNoPomOrPointsElsewhere() throws IOException {
    Path pom = directory.resolve("pom.xml");
    Files.writeString(
        pom, "<!DOCTYPE p [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><project>&e;</project>");

    assertThat(PomFile.read(pom, repository())).isEmpty();
    assertThat(PomFile.read(directory.resolve("missing"), repository())).isEmpty();
  }

  private Path repository() {
    return directory.resolve("repository");
  }

  private void store(String group, String artifact, String version, String kind, String text)
      throws IOException {
    Path file = PomFile.stored(repository(), group, artifact, version, "." + kind);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String dependency(String group, String artifact, String version, String scope) {
    return "<dependency><groupId>"
        + group
        + "</groupId><artifactId>"
        + artifact
        + "</artifactId>"
        + (version.isEmpty() ? "" : "<version>" + version + "</version>")
        + (scope.isEmpty() ? "" : "<scope>" + scope + "</scope>")
        + "</dependency>";
  }
}
