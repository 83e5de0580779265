package dev.fettle.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real git. */
class RecentChangesTest {
  private static final String CART = "shop/src/Cart.java";

  @TempDir Path folder;

  @BeforeEach
  void aRepository() throws Exception {
    git("init", "-q", "-b", "main");
    write(CART, "class Cart {\n  int a;\n  int b;\n  int c;\n}\n");
    write("shop/src/Rates.java", "class Rates {}\n");
    commit();
  }

  @Test
  void saysNothingOfTheFirstCommit() throws IOException {
    assertThat(recent().paths()).isEmpty();
  }

  @Test
  void namesTheLinesOfTheLastCommit() throws Exception {
    write(CART, "class Cart {\n  int a;\n  long b;\n  int c;\n}\n");
    commit();

    RecentChanges recent = recent();

    assertThat(recent.paths()).containsExactly("src/Cart.java");
    assertThat(recent.touches("src/Cart.java", 3)).isTrue();
    assertThat(recent.touches("src/Cart.java", 2)).isFalse();
    assertThat(recent.touches("src/Rates.java")).isFalse();
  }

  @Test
  void namesWhatIsNotCommittedBeforeThat() throws Exception {
    write("shop/src/Rates.java", "class Rates { int d; }\n");
    commit();
    write(CART, "class Cart {\r\n  int a;\r\n  int c;\r\n}\r\n");

    RecentChanges recent = recent();

    assertThat(recent.paths()).containsExactly("src/Cart.java");
    assertThat(recent.touches("src/Cart.java", 2)).as("above the gap").isTrue();
    assertThat(recent.touches("src/Cart.java", 3)).as("below the gap").isTrue();
    assertThat(recent.touches("src/Cart.java", 4)).isFalse();
  }

  @Test
  void saysNothingWithoutARepository(@TempDir Path other) throws IOException {
    Files.writeString(other.resolve("A.java"), "class A {}\n");

    assertThat(RecentChanges.of(FolderTree.of(other)).paths()).isEmpty();
  }

  private RecentChanges recent() throws IOException {
    return RecentChanges.of(FolderTree.of(folder.resolve("shop")));
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void commit() throws IOException, InterruptedException {
    git("add", "-A");
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "a change");
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
