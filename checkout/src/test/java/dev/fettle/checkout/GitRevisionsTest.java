package dev.fettle.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CommitRef;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.spi.Revisions.Checkout;
import dev.fettle.contract.spi.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitRevisionsTest {
  @TempDir Path directory;
  private Path repo;
  private GitRevisions revisions;

  @BeforeEach
  void aRepositoryWithTwoCommits() throws Exception {
    repo = directory.resolve("repo");
    Files.createDirectories(repo.resolve("src"));
    git("init", "-q", "-b", "main", ".");
    write("src/A.java", "one\ntwo\nthree\n");
    write(".gitignore", "target/\n");
    git("add", ".");
    git("commit", "-q", "-m", "First");
    write("src/A.java", "one\n2\nthree\n");
    git("commit", "-q", "-a", "-m", "Second");
    revisions = new GitRevisions(repo, directory.resolve("data"));
  }

  @Test
  void findsARevisionByItsIdOrAPrefix() throws Exception {
    String first = git("rev-parse", "HEAD~1");
    SourceTree tree = found(revisions.checkout(first)).tree();
    assertThat(tree.revision()).isEqualTo(first);
    assertThat(tree.text("src/A.java")).contains("one\ntwo\nthree\n");
    assertThat(tree.paths()).containsExactly(".gitignore", "src/A.java");
    assertThat(found(revisions.checkout(first.substring(0, 8))).tree().revision()).isEqualTo(first);
  }

  @Test
  void deletesTreesThatNobodyUsedForLongAndMakesThemAgain() throws Exception {
    Path data = directory.resolve("data");
    String first = git("rev-parse", "HEAD~1");
    Path tree = found(revisions.checkout(first)).tree().root();
    Path begun = Files.createDirectories(data.resolve(".begun-by-a-killed-process"));
    FileTime longAgo = FileTime.from(java.time.Instant.now().minus(java.time.Duration.ofDays(9)));
    for (int i = 0; i < Export.KEPT; i++) {
      Files.createDirectories(data.resolve("%040x".formatted(i)));
    }
    Files.setLastModifiedTime(tree, longAgo);
    Files.setLastModifiedTime(begun, longAgo);

    found(revisions.checkout(null));

    assertThat(tree).doesNotExist();
    assertThat(begun).doesNotExist();
    assertThat(data.resolve("%040x".formatted(1))).exists();
    assertThat(found(revisions.checkout(first)).tree().text("src/A.java"))
        .contains("one\ntwo\nthree\n");
  }

  @Test
  void takesHeadOfACleanWorkTreeAsItIs() throws Exception {
    Checkout.Found found = found(revisions.checkout(null));
    assertThat(found.tree().revision()).isEqualTo(git("rev-parse", "HEAD"));
    assertThat(found.note()).isEmpty();
  }

  @Test
  void takesChangesNewFilesAndDeletionsOfTheWorkTreeAndTouchesNothing() throws Exception {
    write("src/New.java", "new\n");
    write("target/Ignored.class", "x");
    write("src/A.java", "changed\n");
    write("src/Gone.java", "gone\n");
    git("add", "src/Gone.java");
    Files.delete(repo.resolve("src/Gone.java"));
    Map<String, FileTime> before = everyFile();

    Checkout.Found found = found(revisions.checkout(null));

    assertThat(found.tree().paths()).containsExactly(".gitignore", "src/A.java", "src/New.java");
    assertThat(found.tree().text("src/A.java")).contains("changed\n");
    assertThat(found.note()).contains("3 uncommitted changes");
    assertThat(everyFile()).isEqualTo(before);
  }

  @Test
  void givesTheSameContentTheSameRevisionAndFindsItAgain() throws Exception {
    write("src/A.java", "changed\n");
    String revision = found(revisions.checkout(null)).tree().revision();
    assertThat(found(revisions.checkout(null)).tree().revision()).isEqualTo(revision);
    GitRevisions afterRestart = new GitRevisions(repo, directory.resolve("data"));
    write("src/A.java", "changed again\n");
    assertThat(found(afterRestart.checkout(revision)).tree().text("src/A.java"))
        .contains("changed\n");
  }

  @Test
  void keepsBytesAndTheExecutableBitAndGivesNoTextForOtherEncodings() throws Exception {
    write("run.sh", "echo\r\n");
    assertThat(repo.resolve("run.sh").toFile().setExecutable(true)).isTrue();
    Files.write(repo.resolve("latin1"), new byte[] {(byte) 0xe4});
    git("add", ".");
    git("-c", "core.autocrlf=false", "commit", "-q", "-m", "Third");
    SourceTree tree = found(revisions.checkout(git("rev-parse", "HEAD"))).tree();
    assertThat(tree.text("run.sh")).contains("echo\r\n");
    assertThat(tree.root().resolve("run.sh").toFile().canExecute()).isTrue();
    assertThat(tree.paths()).contains("latin1");
    assertThat(tree.text("latin1")).isEmpty();
  }

  @Test
  void saysWhyARevisionIsMissing() {
    assertThat(reason(revisions.checkout("0123456789abcdef0123456789abcdef01234567")))
        .contains("is not in");
    assertThat(reason(revisions.checkout("main"))).contains("hexadecimal");
    assertThat(reason(revisions.checkout("--upload-pack=evil\n"))).contains("hexadecimal");
    assertThat(reason(revisions.checkout("HEAD~1^{tree}"))).contains("hexadecimal");
  }

  @Test
  void saysWhatWasExpectedInsteadOfADirectoryWithoutGit() throws Exception {
    Path plain = Files.createDirectories(directory.resolve("plain"));
    assertThat(reason(new GitRevisions(plain, directory.resolve("data")).checkout(null)))
        .contains("not a git repository")
        .contains("expected");
    assertThat(reason(new GitRevisions(plain.resolve("none"), plain).checkout(null)))
        .contains("no such directory");
  }

  @Test
  void saysThatARepositoryHasNoCommit() throws Exception {
    Path empty = Files.createDirectories(directory.resolve("empty"));
    run(empty, "git", "init", "-q", ".");
    assertThat(reason(new GitRevisions(empty, directory.resolve("data")).checkout(null)))
        .contains("no commit yet");
  }

  @Test
  void readsBareAndShallowRepositoriesWorktreesAndSubdirectories() throws Exception {
    String head = git("rev-parse", "HEAD");
    run(directory, "git", "clone", "-q", "--bare", "repo", "bare.git");
    run(directory, "git", "clone", "-q", "--depth", "1", "file://" + repo, "shallow");
    git("worktree", "add", "-q", "--detach", directory.resolve("linked").toString());
    for (String name : List.of("bare.git", "shallow", "linked", "repo/src")) {
      GitRevisions each =
          new GitRevisions(directory.resolve(name), directory.resolve("data-" + name.charAt(0)));
      SourceTree tree = found(each.checkout(null)).tree();
      assertThat(tree.revision()).as(name).isEqualTo(head);
      assertThat(each.lastTouched(tree, List.of(line(tree, 2)), 5)).as(name).isNotEmpty();
    }
  }

  @Test
  void namesTheCommitsThatLastTouchedLines() throws Exception {
    SourceTree tree = found(revisions.checkout(null)).tree();
    assertThat(revisions.lastTouched(tree, List.of(line(tree, 2)), 5))
        .extracting(CommitRef::subject)
        .containsExactly("Second");
    assertThat(revisions.lastTouched(tree, List.of(line(tree, 1), line(tree, 2)), 5))
        .extracting(CommitRef::subject)
        .containsExactlyInAnyOrder("Second", "First");
    assertThat(revisions.lastTouched(tree, List.of(line(tree, 1), line(tree, 2)), 1)).hasSize(1);
  }

  @Test
  void leavesOutLinksAndHostileNames() throws Exception {
    Files.writeString(directory.resolve("secret"), "secret");
    Files.createSymbolicLink(repo.resolve("link"), Path.of("../secret"));
    git("add", "link");
    String blob = git("rev-parse", "HEAD:src/A.java");
    git("commit", "-q", "-m", "Link");
    String tree = input("100644 blob " + blob + "\t..\n100644 blob " + blob + "\tok\n", "mktree");
    String evil = git("commit-tree", tree, "-m", "evil");

    SourceTree linked = found(revisions.checkout(git("rev-parse", "HEAD"))).tree();
    SourceTree hostile = found(revisions.checkout(evil)).tree();

    assertThat(linked.text("link")).isEmpty();
    assertThat(linked.paths()).doesNotContain("link");
    assertThat(linked.text("../../../secret")).isEmpty();
    assertThat(hostile.paths()).containsExactly("ok");
  }

  @Test
  void runsNothingThatTheRepositoryConfigures() throws Exception {
    Path trace = directory.resolve("trace");
    String command = "touch " + trace + "; cat";
    git("config", "filter.evil.clean", command);
    git("config", "filter.evil.smudge", command);
    git("config", "filter.evil.process", command);
    git("config", "core.fsmonitor", command);
    Files.writeString(repo.resolve(".gitattributes"), "* filter=evil\n");
    write("src/A.java", "changed\n");
    assertThat(found(revisions.checkout(null)).tree().text("src/A.java")).contains("changed\n");
    assertThat(trace).doesNotExist();
  }

  @Test
  void doesNotTakeLineEndsOfTheCheckoutForChanges() throws Exception {
    git("config", "core.autocrlf", "true");
    write("src/A.java", "one\r\n2\r\nthree\r\n");
    assertThat(found(revisions.checkout(null)).tree().revision())
        .isEqualTo(git("rev-parse", "HEAD"));
  }

  private static SourcePlace line(SourceTree tree, int line) {
    return new SourcePlace("src/A.java", "A", "m", "", line, 0, 1);
  }

  private static Checkout.Found found(Checkout checkout) {
    assertThat(checkout).isInstanceOf(Checkout.Found.class);
    return (Checkout.Found) checkout;
  }

  private static String reason(Checkout checkout) {
    assertThat(checkout).isInstanceOf(Checkout.Missing.class);
    return ((Checkout.Missing) checkout).reason();
  }

  private Map<String, FileTime> everyFile() throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(repo)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        times.put(file.toString(), Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  private void write(String path, String text) throws IOException {
    Files.createDirectories(repo.resolve(path).getParent());
    Files.writeString(repo.resolve(path), text);
  }

  private String git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return run(repo, command.toArray(new String[0]));
  }

  private static String run(Path where, String... command) throws Exception {
    return feed(where, "", command);
  }

  private String input(String text, String gitCommand) throws Exception {
    return feed(repo, text, "git", gitCommand);
  }

  private static String feed(Path where, String input, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile());
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      builder.environment().put("GIT_" + who + "_NAME", "Ada");
      builder.environment().put("GIT_" + who + "_EMAIL", "ada@example.org");
      builder
          .environment()
          .put("GIT_" + who + "_DATE", Instant.ofEpochSecond(1_700_000_000).toString());
    }
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes());
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output.strip();
  }
}
