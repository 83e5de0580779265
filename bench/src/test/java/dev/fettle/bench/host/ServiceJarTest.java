package dev.fettle.bench.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds with a project's own wrapper, which here is a script that lays a jar down. */
class ServiceJarTest {
  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private Path project;
  private ServiceJar jars;

  @BeforeEach
  void project() throws IOException {
    project = Files.createDirectories(folder.resolve("shop"));
    jars = new ServiceJar(folder.resolve("cache"));
    Path built = folder.resolve("built.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Start-Class", "shop.Shop");
    try (OutputStream out = Files.newOutputStream(built)) {
      new JarOutputStream(out, manifest).close();
    }
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    wrapper("mkdir -p target && cp '" + built + "' target/shop.jar");
  }

  private void wrapper(String script) throws IOException {
    Files.writeString(project.resolve("mvnw"), script + "\n");
  }

  @Test
  void buildsOncePerContentAndNeverInTheSourceFolder() throws IOException {
    Path first = jars.builtFrom(project, said::add);
    assertThat(jars.builtFrom(project, said::add)).isEqualTo(first).exists();
    assertThat(said).containsExactly("building shop (once)");
    assertThat(project.resolve("target")).doesNotExist();
    Files.writeString(project.resolve("pom.xml"), "<project><!-- changed --></project>");
    assertThat(jars.builtFrom(project, said::add)).isNotEqualTo(first);
  }

  @Test
  void leavesNothingButTheJarBehind() throws IOException {
    Path jar = jars.builtFrom(project, said::add);
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      assertThat(files).containsExactly(jar);
    }
  }

  @Test
  void aBuildThatFailsIsQuoted() throws IOException {
    wrapper("echo 'no such type'; exit 1");
    assertThatThrownBy(() -> jars.builtFrom(project, said::add))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("no such type");
  }

  @Test
  void aBuildWithoutAnExecutableJarIsNamed() throws IOException {
    wrapper("true");
    assertThatThrownBy(() -> jars.builtFrom(project, said::add))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("one executable Spring Boot jar");
  }
}
