package dev.fettle.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CommitRef;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.spi.Revisions.Checkout;
import dev.fettle.contract.spi.SourceTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitRevisionsTest {
  @TempDir Path folder;
  private Path repository;
  private GitRevisions revisions;

  @BeforeEach
  void aRepositoryWithOneCommit() throws Exception {
    repository = Files.createDirectory(folder.resolve("repo"));
    git("init", "-q", "-b", "main");
    Files.createDirectories(repository.resolve("src"));
    Files.writeString(repository.resolve("src/A.java"), "class A {\r\n}\r\n");
    Files.writeString(repository.resolve("run.sh"), "echo\n");
    assertThat(repository.resolve("run.sh").toFile().setExecutable(true)).isTrue();
    Files.writeString(repository.resolve(".gitignore"), "target/\n");
    git("add", "-A");
    git("commit", "-q", "-m", "First");
    revisions = new GitRevisions(repository, folder.resolve("data/trees"));
  }

  @Test
  void exportsACommitByFullAndAbbreviatedId() throws Exception {
    String head = git("rev-parse", "HEAD").strip();

    SourceTree tree = found(revisions.checkout(head.substring(0, 9)));

    assertThat(tree.revision()).isEqualTo(head);
    assertThat(tree.paths()).containsExactly(".gitignore", "run.sh", "src/A.java");
    assertThat(tree.text("src/A.java")).contains("class A {\r\n}\r\n");
    assertThat(tree.root().resolve("run.sh").toFile().canExecute()).isTrue();
    assertThat(found(revisions.checkout(head)).root()).isEqualTo(tree.root());
  }

  @Test
  void snapshotsADirtyWorkTreeWithoutTouchingTheRepository() throws Exception {
    Files.writeString(repository.resolve("src/A.java"), "class A { int x; }\n");
    Files.writeString(repository.resolve("src/B.java"), "class B {}\n");
    Files.createDirectories(repository.resolve("target"));
    Files.writeString(repository.resolve("target/C.class"), "x");
    Files.delete(repository.resolve("run.sh"));
    String before = state();

    Checkout checkout = revisions.checkout(null);

    SourceTree tree = found(checkout);
    assertThat(tree.text("src/A.java")).contains("class A { int x; }\n");
    assertThat(tree.paths()).containsExactly(".gitignore", "src/A.java", "src/B.java");
    assertThat(((Checkout.Found) checkout).note()).contains("differs from HEAD in 3 files");
    assertThat(state()).isEqualTo(before);
    assertThat(found(revisions.checkout(tree.revision())).paths()).isEqualTo(tree.paths());
  }

  @Test
  void takesHeadWhenTheWorkTreeIsClean() throws Exception {
    assertThat(found(revisions.checkout(null)).revision())
        .isEqualTo(git("rev-parse", "HEAD").strip());
  }

  @Test
  void saysWhichRevisionIsMissing() {
    String unknown = "0123456789abcdef0123456789abcdef01234567";
    assertThat(missing(revisions.checkout(unknown))).contains(unknown).contains("is not in");
    assertThat(missing(revisions.checkout("HEAD~1"))).contains("not a commit id");
    assertThat(missing(revisions.checkout("--upload-pack=x"))).contains("not a commit id");
  }

  @Test
  void saysThatAFolderIsNoRepository() throws Exception {
    Path plain = Files.createDirectory(folder.resolve("plain"));
    assertThat(missing(new GitRevisions(plain, folder.resolve("trees2")).checkout(null)))
        .contains("expected the root of a checkout");
  }

  @Test
  void leavesLinksOutOfTheTree() throws Exception {
    Files.createSymbolicLink(repository.resolve("secret"), Path.of("/etc/passwd"));
    git("add", "-A");
    git("commit", "-q", "-m", "Link");

    SourceTree tree = found(revisions.checkout(null));

    assertThat(tree.paths()).doesNotContain("secret");
    assertThat(tree.text("secret")).isEmpty();
    assertThat(tree.text("../repo/run.sh")).isEmpty();
  }

  @Test
  void readsABareRepositoryAndALinkedWorkTree() throws Exception {
    run(folder, "git", "clone", "-q", "--bare", repository.toString(), "bare.git");
    git("worktree", "add", "-q", folder.resolve("linked").toString());
    String head = git("rev-parse", "HEAD").strip();

    assertThat(
            found(new GitRevisions(folder.resolve("bare.git"), folder.resolve("t3")).checkout(null))
                .revision())
        .isEqualTo(head);
    assertThat(
            found(new GitRevisions(folder.resolve("linked"), folder.resolve("t4")).checkout(null))
                .revision())
        .isEqualTo(head);
  }

  @Test
  void namesTheCommitThatLastTouchedALine() throws Exception {
    Files.writeString(repository.resolve("src/A.java"), "class A {\r\n  int x;\r\n}\r\n");
    git("commit", "-qam", "Add x");

    List<CommitRef> commits =
        revisions.lastTouched(
            found(revisions.checkout(null)),
            List.of(new SourcePlace("src/A.java", "A", "", "", 2, 13, 19)),
            5);

    assertThat(commits).extracting(CommitRef::subject).containsExactly("Add x");
  }

  private String state() throws Exception {
    return git("status", "--porcelain=v2", "--untracked-files=all")
        + git("count-objects", "-v")
        + git("for-each-ref")
        + Files.getLastModifiedTime(repository.resolve(".git/index"));
  }

  private static SourceTree found(Checkout checkout) {
    assertThat(checkout).isInstanceOf(Checkout.Found.class);
    return ((Checkout.Found) checkout).tree();
  }

  private static String missing(Checkout checkout) {
    assertThat(checkout).isInstanceOf(Checkout.Missing.class);
    return ((Checkout.Missing) checkout).reason();
  }

  private String git(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "git", "--no-optional-locks", "-c", "user.name=A", "-c", "user.email=a@b.c", "-c", "core.autocrlf=false"));
    command.addAll(List.of(arguments));
    return run(repository, command.toArray(String[]::new));
  }

  private static String run(Path directory, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
