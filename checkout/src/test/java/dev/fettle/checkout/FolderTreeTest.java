package dev.fettle.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTreeTest {
  @TempDir Path folder;

  @BeforeEach
  void aProject() throws IOException {
    write("pom.xml", "<project/>");
    write("src/main/java/build/Shop.java", "package build; class Shop {}");
  }

  @Test
  void leavesOutWhatBuildsAndToolsMade() throws IOException {
    write("target/classes/Shop.class", "x");
    write(".git/config", "x");

    assertThat(FolderTree.of(folder).paths())
        .containsExactly("pom.xml", "src/main/java/build/Shop.java");
  }

  @Test
  void leavesOutNamedFoldersWhetherTheyExistOrNot() throws IOException {
    String before = FolderTree.of(folder).revision();
    write("kept/builds/1/tree/src/main/java/build/Shop.java", "class Shop {}");

    FolderTree tree =
        FolderTree.of(folder, List.of(folder.resolve("kept"), folder.resolve("missing")));

    assertThat(tree.paths()).containsExactly("pom.xml", "src/main/java/build/Shop.java");
    assertThat(tree.revision()).isEqualTo(before);
  }

  @Test
  void hasARevisionOfItsContent() throws IOException {
    String before = FolderTree.of(folder).revision();

    assertThat(FolderTree.of(folder).revision()).isEqualTo(before).hasSize(40);
    write("pom.xml", "<project />");
    assertThat(FolderTree.of(folder).revision()).isNotEqualTo(before);
  }

  @Test
  void readsLatin1WhereTheBytesAreNoUtf8() throws IOException {
    Files.write(folder.resolve("Name.java"), "// é".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(FolderTree.of(folder).text("Name.java")).contains("// é");
  }

  @Test
  void leavesTheByteOrderMarkOut() throws IOException {
    write("Marked.java", "\uFEFFclass Marked {}");

    assertThat(FolderTree.of(folder).text("Marked.java")).contains("class Marked {}");
  }

  @Test
  void opensNothingOutside() throws IOException {
    Files.createSymbolicLink(folder.resolve("Link.java"), Path.of("/etc/passwd"));
    FolderTree tree = FolderTree.of(folder);

    assertThat(tree.text("Link.java")).isEmpty();
    assertThat(tree.text("../../etc/passwd")).isEmpty();
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
