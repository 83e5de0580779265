package dev.fettle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.testkit.InstalledJdk;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every class of six libraries and of the server links and verifies with every statement healable
 * exactly as it does without the agent.
 */
class BulkSafetyTest {
  private static final Path LIBRARIES = Path.of("target", "libraries");
  private static final String PACKAGES =
      "packages=org.apache.commons,com.google,com.fasterxml,org.jsoup,org.springframework,kotlin,"
          + "dev.fettle.server,dev.fettle.engine,dev.fettle.source,dev.fettle.llm,dev.fettle.store,"
          + "dev.fettle.delivery,dev.fettle.sandbox,dev.fettle.intake,dev.fettle.contract";

  @TempDir Path folder;

  @Test
  void everyClassLinksAsWithoutTheAgent() throws Exception {
    linksAlike(Path.of(System.getProperty("java.home")));
  }

  @Test
  void everyClassLinksAsWithoutTheAgentOnJdk25() throws Exception {
    Optional<Path> jdk = InstalledJdk.of(25);
    assumeTrue(jdk.isPresent(), InstalledJdk.absent(25));
    linksAlike(jdk.orElseThrow());
  }

  private void linksAlike(Path jdk) throws Exception {
    assumeTrue(Fettle.packaged(), "the jars are not packaged; run the verify phase");
    List<Path> looked = new ArrayList<>(jars(LIBRARIES));
    List<Path> path = new ArrayList<>(looked);
    unpackServer(looked, path);
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(
                    null,
                    null,
                    null,
                    "-d",
                    folder.toString(),
                    Path.of("src/test/programs/Loads.java").toString()))
        .isZero();
    List<String> plain = run(jdk, looked, path);
    List<String> healable =
        run(
            jdk,
            looked,
            path,
            "-javaagent:"
                + Fettle.ROOT.resolve("agent/target/fettle-agent.jar")
                + "=server=http://127.0.0.1:9,heal=typed,heal.healer=steamroller,"
                + PACKAGES);
    assertThat(plain.get(plain.size() - 1)).isEqualTo("fails: raised");
    assertThat(healable.get(healable.size() - 1)).isEqualTo("fails: healed");
    assertThat(healable.subList(0, healable.size() - 1))
        .isEqualTo(plain.subList(0, plain.size() - 1));
    assertThat(Integer.parseInt(plain.get(0).split(" ")[0])).isGreaterThan(6_000);
  }

  private List<String> run(Path jdk, List<Path> looked, List<Path> path, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(jdk.resolve("bin/java").toString());
    command.addAll(List.of("-Xverify:all", "-XX:TieredStopAtLevel=1", "-Duser.home=" + folder));
    command.addAll(List.of(options));
    String all =
        Stream.concat(Stream.of(folder), path.stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    command.addAll(List.of("-cp", all, "Loads"));
    looked.forEach(jar -> command.add(jar.toString()));
    Path out = folder.resolve("out.txt");
    Process child =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    assertThat(child.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).as(Files.readString(folder.resolve("err.txt"))).isZero();
    return Files.readAllLines(out);
  }

  private static List<Path> jars(Path where) throws IOException {
    try (Stream<Path> all = Files.list(where.toAbsolutePath())) {
      return all.filter(p -> p.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /** Its own classes are looked at, and those of other rooms; what they need is on the path. */
  private void unpackServer(List<Path> looked, List<Path> path) throws IOException {
    Path own = folder.resolve("server.jar");
    try (JarFile jar =
            new JarFile(Fettle.ROOT.resolve("server/target/fettle-server.jar").toFile());
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(own))) {
      for (JarEntry entry : jar.stream().toList()) {
        String name = entry.getName();
        if (name.startsWith("BOOT-INF/classes/") && !entry.isDirectory()) {
          out.putNextEntry(new JarEntry(name.substring("BOOT-INF/classes/".length())));
          copy(jar, entry, out);
          out.closeEntry();
        } else if (name.startsWith("BOOT-INF/lib/") && name.endsWith(".jar")) {
          Path library = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
          try (OutputStream to = Files.newOutputStream(library)) {
            copy(jar, entry, to);
          }
          path.add(library);
          if (library.getFileName().toString().startsWith("fettle-")) {
            looked.add(library);
          }
        }
      }
    }
    looked.add(own);
    path.add(own);
  }

  private static void copy(JarFile jar, JarEntry entry, OutputStream to) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      in.transferTo(to);
    }
  }
}
