package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code demo} refuses before it starts anything. */
class DemoInputTest {
  private static final String FAULTS =
      "{\"faults\":[{\"id\":\"a\",\"requests\":[{\"path\":\"/\"}],\"expect\":{\"status\":200}}]}";

  @TempDir Path folder;
  private Path app;
  private Path faults;

  @BeforeEach
  void inputs() throws IOException {
    System.setProperty("fettle.home", System.getProperty("fettle.root"));
    app = Files.createDirectories(folder.resolve("shop"));
    faults = Files.writeString(folder.resolve("faults.json"), FAULTS);
  }

  private void refuses(String... messages) {
    Fettle.Ended ended = Fettle.run("demo", "--app", app.toString(), "--faults", faults.toString());
    assertThat(ended.err()).contains(messages);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void aFolderThatIsNotThere() {
    app = folder.resolve("absent");
    refuses("no such directory: " + app, "--app expects a git checkout");
  }

  @Test
  void aFolderThatIsNoCheckout() {
    refuses(app + " is not the root of a git checkout");
  }

  @Test
  void aCheckoutThatGitDoesNotKnow() throws IOException {
    Files.createDirectories(app.resolve(".git"));
    refuses("is not a git checkout with a commit", "git says: ");
  }

  @Test
  void aCheckoutWithoutACommit() throws Exception {
    git("init", "-q");
    refuses("is not a git checkout with a commit");
  }

  @Test
  void aCheckoutWithoutAMavenBuild() throws Exception {
    Files.writeString(app.resolve("build.gradle"), "");
    git("init", "-q");
    git("add", "-A");
    git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "Shop");
    refuses("no pom.xml in the latest commit of " + app, "expects a Maven build");
  }

  @Test
  void aManifestThatIsNotThere() throws Exception {
    Files.createDirectories(app.resolve(".git"));
    faults = folder.resolve("absent.json");
    refuses("cannot read the fault manifest " + faults);
  }

  @Test
  void aManifestOfAnotherForm() throws Exception {
    Files.createDirectories(app.resolve(".git"));
    Files.writeString(faults, "{\"faults\":7}");
    refuses("expected {\"faults\":[...]} with at least one fault");
  }

  @ParameterizedTest
  @CsvSource({
    "0, between 1 and",
    "-1, between 1 and",
    "1000, got 1000",
    "x, 'is not an int'",
    "1.5, 'is not an int'"
  })
  void aFaultsNumberThatIsNone(String number, String message) {
    Fettle.Ended ended = Fettle.run("demo", "--only=" + number);
    assertThat(ended.err()).contains("--only").contains(message);
    assertThat(ended.code()).isEqualTo(2);
  }

  private void git(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process = new ProcessBuilder(command).directory(app.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }
}
