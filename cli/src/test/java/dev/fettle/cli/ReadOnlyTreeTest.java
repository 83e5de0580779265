package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A project on a file system that nobody can write, not even its owner. */
class ReadOnlyTreeTest {
  private static final Path BUBBLEWRAP = Path.of("/usr/bin/bwrap");

  @TempDir Path folder;

  @Test
  void repairsItAndSaysThatThePatchCannotBeApplied() throws Exception {
    assumeTrue(Files.isExecutable(BUBBLEWRAP), "mounts read-only only with bubblewrap");
    Path project = Files.createDirectories(folder.resolve("project"));
    write(
        project.resolve("src/main/java/shop/Cart.java"),
        "package shop;\npublic class Cart {\n  public static int shipping(int items) {\n"
            + "    return items > 10 ? 0 : 5;\n  }\n}\n");
    write(
        project.resolve("src/test/java/shop/CartTest.java"),
        """
        package shop;
        import static org.junit.jupiter.api.Assertions.assertEquals;
        import org.junit.jupiter.api.Test;
        class CartTest {
          @Test void freeFromTen() { assertEquals(0, Cart.shipping(10)); }
          @Test void paidBelow() { assertEquals(5, Cart.shipping(9)); }
          @Test void freeAbove() { assertEquals(0, Cart.shipping(11)); }
        }
        """);
    Map<String, String> before = contents(project);

    Child.Ended ended = repair(project);

    assumeTrue(!ended.err().startsWith("bwrap:"), "this machine allows no name spaces");
    JsonNode answer = JsonMapper.builder().build().readTree(ended.out());
    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    assertThat(answer.path("exitCode").asInt()).isEqualTo(1);
    assertThat(answer.at("/patches/0/diff").asString()).contains("+    return items >= 10");
    assertThat(answer.at("/error/message").asString()).contains("could not be delivered");
    assertThat(contents(project)).isEqualTo(before);
  }

  private Child.Ended repair(Path project) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(BUBBLEWRAP.toString()));
    command.addAll(List.of("--die-with-parent", "--dev-bind", "/", "/"));
    command.addAll(List.of("--ro-bind", project.toString(), project.toString(), "--"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.fettle.cli.Main"));
    command.addAll(List.of("repair", "--json", "--apply", "--budget", "90s"));
    command.addAll(List.of("--project", project.toString()));
    command.addAll(List.of("--data", folder.resolve("data").toString()));
    return Child.start(folder, Map.of(), command).end();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static Map<String, String> contents(Path project) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.toList()) {
        String name = project.relativize(file).toString();
        contents.put(
            name,
            Files.isDirectory(file)
                ? "a directory"
                : new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
    }
    return contents;
  }
}
