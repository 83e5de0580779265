package dev.fettle.sandbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.ProjectModel.BuildTool;
import dev.fettle.contract.spi.ProjectReader.Reading;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.testkit.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildsTest {
  private static final Path JDK = Path.of(System.getProperty("java.home"));

  @TempDir Path directory;
  private final AtomicInteger built = new AtomicInteger();
  private SourceTree tree;

  @BeforeEach
  void write() throws IOException {
    Path root = Files.createDirectories(directory.resolve("project"));
    Files.writeString(root.resolve("A.java"), "class A {}");
    tree = DirectoryTree.of(root);
  }

  @Test
  void buildsAgainWhatSomebodyDeleted() throws IOException {
    Builds builds = new Builds(directory, List.of(), Fetched.APART);
    Reading first = builds.once(tree, this::build);
    assertThat(builds.once(tree, this::build)).isSameAs(first);

    TreeCopy.delete(((Reading.Read) first).project().root().getParent());

    assertThat(builds.once(tree, this::build)).isInstanceOf(Reading.Read.class);
    assertThat(((Reading.Read) first).project().root().resolve("A.java")).exists();
    assertThat(built).hasValue(2);
  }

  @Test
  void leavesWhatCannotBeReadAloneOnlyForATime() {
    Builds.Build failing = (place, t) -> new Reading.Unreadable("no network");
    Builds patient = new Builds(directory, List.of(), Fetched.APART, Duration.ofDays(1));
    patient.once(tree, failing);
    assertThat(patient.once(tree, this::build)).isInstanceOf(Reading.Unreadable.class);

    Builds hasty = new Builds(directory, List.of(), Fetched.APART, Duration.ZERO);
    hasty.once(tree, failing);
    assertThat(hasty.once(tree, this::build)).isInstanceOf(Reading.Read.class);
  }

  @Test
  void buildsOnceForAllWhoShareTheDirectory() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(() -> new Builds(directory, List.of(), Fetched.APART).once(tree, this::build));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(built).hasValue(1);
  }

  /** The build may write its own record; what was left out is no word of its. */
  @Test
  void takesNoWordOfTheBuildForWhatWasLeftOut() {
    Reading.Read read =
        (Reading.Read)
            new Builds(directory, List.of(), Fetched.APART)
                .once(
                    tree,
                    (place, t) -> {
                      place.note(Builds.LEFT_OUT, List.of("Old.java"));
                      return build(place, t);
                    });

    assertThat(Builds.leftOut(read.project().root())).containsExactly("Old.java");
  }

  private Reading build(Builds.Place place, SourceTree of) throws IOException {
    built.incrementAndGet();
    Files.writeString(
        place.record(), "module\tmain\nbasedir\t" + place.tree() + "\nleftOut\t/etc/passwd\n");
    place.remember("PLAIN", JDK);
    return place.model(BuildTool.PLAIN, JDK);
  }
}
