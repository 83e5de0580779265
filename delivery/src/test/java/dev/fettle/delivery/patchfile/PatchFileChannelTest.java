package dev.fettle.delivery.patchfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.DeliveryResult;
import dev.fettle.contract.model.DeliveryResult.Delivered;
import dev.fettle.contract.model.DeliveryResult.Undelivered;
import dev.fettle.contract.model.DeliveryResult.Withheld;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Plausible;
import dev.fettle.delivery.Git;
import dev.fettle.delivery.Repairs;
import dev.fettle.testkit.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchFileChannelTest {
  private static final String CART =
      "package shop;\n\nclass Cart {\n  int total() {\n    return price().value();\n  }\n}\n";
  private static final String FIXED =
      "package shop;\n\nclass Cart {\n  int total() {\n    return 0;\n  }\n}\n";
  private static final String PATH = "src/main/java/shop/Cart.java";
  private static final String TEST = "src/test/java/shop/CartFettleTest.java";
  private static final Clock CLOCK = Clock.fixed(Repairs.NOW, ZoneOffset.UTC);

  @TempDir Path temp;
  private Git git;
  private PatchFileChannel channel;

  @BeforeEach
  void repository() {
    git = Git.init(temp.resolve("repo"));
    channel = new PatchFileChannel(temp.resolve("data/patches"), CLOCK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void gitAppliesThePatchWithItsTestAndTakesItBack(String end) throws IOException {
    String before = CART.replace("\n", end);
    git.write(PATH, before).commit("start");

    Path patch = deliver(edit(PATH, before), test("class CartFettleTest {}" + end));

    git.run("apply", "--check", patch.toString());
    git.run("apply", patch.toString());
    assertThat(git.read(PATH)).isEqualTo(FIXED.replace("\n", end));
    assertThat(git.read(TEST)).isEqualTo("class CartFettleTest {}" + end);
    git.run("apply", "-R", patch.toString());
    assertThat(git.read(PATH)).isEqualTo(before);
    assertThat(git.directory().resolve(TEST)).doesNotExist();
  }

  @Test
  void gitAppliesToFilesWithoutAFinalLineFeed() throws IOException {
    String before = CART.strip();
    git.write(PATH, before).commit("start");

    Path patch = deliver(edit(PATH, before), test("class CartFettleTest {}"));

    git.run("apply", patch.toString());
    assertThat(git.read(PATH)).isEqualTo(FIXED.strip());
    assertThat(git.read(TEST)).isEqualTo("class CartFettleTest {}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/with space/Cart.java",
        "src/größe/Cart.java",
        "src/a \"quoted\"/Cart.java",
        "src/漢字 und mehr/Cart.java"
      })
  void gitAppliesToPathsItQuotes(String path) throws IOException {
    git.write(path, CART).commit("start");

    Path patch = deliver(edit(path, CART), test("class CartFettleTest {}\n"));

    git.run("apply", "--check", patch.toString());
    git.run("apply", patch.toString());
    assertThat(git.read(path)).isEqualTo(FIXED);
  }

  @Test
  void gitMergesThePatchThreeWayWhenTheContextMoved() throws IOException {
    git.write(PATH, CART).commit("start");
    Path patch = deliver(edit(PATH, CART), test("class CartFettleTest {}\n"));
    git.write(PATH, CART.replace("class Cart {", "final class Cart { // moved")).commit("moved");

    assertThat(git.attempt("apply", "--check", patch.toString()).code()).isNotZero();
    git.run("apply", "--3way", patch.toString());

    assertThat(git.read(PATH)).contains("return 0;").contains("// moved");
  }

  @Test
  void saysWhatItIsWhyItIsAndThatConfidenceIsUncalibrated() throws IOException {
    git.write(PATH, CART).commit("start");

    String text = Files.readString(deliver(edit(PATH, CART), test("class CartFettleTest {}\n")));

    assertThat(text)
        .startsWith("# Fix NullPointerException in Cart.total\n")
        .contains("# Root cause:\n#   - price of an unknown item is null\n")
        .contains("# Confidence: 0.81 (uncalibrated: a rank, not a probability)")
        .contains("git apply inc-3f9a1c0b2d.patch")
        .doesNotContain("unproved");
  }

  @Test
  void saysUnprovedWithoutAReproduction() throws IOException {
    git.write(PATH, CART).commit("start");
    Plausible plausible = Repairs.plausible(edit(PATH, CART), Optional.empty(), "guards");

    String text = Files.readString(path(deliver(plausible)));

    assertThat(text).contains("This patch is unproved");
  }

  @Test
  void deliveringTwiceLeavesOneFileAndNothingElse() throws IOException {
    git.write(PATH, CART).commit("start");
    Plausible plausible = Repairs.plausible(edit(PATH, CART), test("class CartFettleTest {}\n"));

    assertThat(deliver(plausible)).isEqualTo(deliver(plausible));

    try (var files = Files.list(temp.resolve("data/patches"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactly("inc-3f9a1c0b2d.patch");
    }
  }

  @Test
  void hostileTextInTheAccountCannotBecomePartOfTheDiff() throws IOException {
    git.write(PATH, CART).commit("start");
    String hostile =
        "x\ndiff --git a/pom.xml b/pom.xml\n--- a/pom.xml\n+++ b/pom.xml\n@@ -0,0 +1 @@\n+<evil/>";
    Plausible plausible = Repairs.plausible(edit(PATH, CART), Optional.empty(), hostile);
    Path patch =
        path(
            channel.deliver(
                plausible,
                Repairs.repairCase(DirectoryTree.of(git.directory()), plausible, hostile)));

    git.run("apply", patch.toString());

    assertThat(git.run("status", "--porcelain")).isEqualTo(" M " + PATH + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pom.xml",
        ".mvn/extensions.xml",
        ".github/workflows/ci.yml",
        "build.gradle.kts",
        "mvnw",
        "buildSrc/src/main/java/Plugin.java",
        ".ci/Run.java",
        "src/main/resources/application.properties"
      })
  void refusesWhatABuildOrCiServerObeys(String path) {
    git.write(path, CART).commit("start");
    Plausible plausible = Repairs.plausible(edit(path, CART), Optional.empty(), "guards");

    assertThat(deliver(plausible)).isInstanceOf(Withheld.class);
  }

  @Test
  void refusesASymbolicLink() throws IOException {
    git.write("other.txt", CART);
    Files.createDirectories(git.directory().resolve("src/main/java/shop"));
    Files.createSymbolicLink(git.directory().resolve(PATH), Path.of("../../../../other.txt"));
    Plausible plausible = Repairs.plausible(edit(PATH, CART), Optional.empty(), "guards");

    assertThat(deliver(plausible)).isInstanceOf(Undelivered.class);
  }

  @Test
  void refusesTextThatReadsDifferentlyThanItCompiles() {
    git.write(PATH, CART).commit("start");
    Patch patch = Repairs.edit(PATH, CART, "price().value()", "/*\u202e } \u2066*/ 0");
    Plausible plausible = Repairs.plausible(patch, Optional.empty(), "guards");

    assertThat(deliver(plausible))
        .isInstanceOfSatisfying(Withheld.class, w -> assertThat(w.rule()).contains("U+202E"));
  }

  @Test
  void refusesToChangeATestThatIsThere() {
    git.write(PATH, CART).write(TEST, "class CartFettleTest { int theirs; }\n").commit("start");
    Plausible plausible = Repairs.plausible(edit(PATH, CART), test("class CartFettleTest {}\n"));

    assertThat(deliver(plausible)).isInstanceOf(Undelivered.class);
  }

  @Test
  void refusesAPatchMadeForAnotherText() {
    git.write(PATH, CART.replace("price()", "other()")).commit("start");
    Plausible plausible = Repairs.plausible(edit(PATH, CART), Optional.empty(), "guards");

    assertThat(deliver(plausible)).isInstanceOf(Undelivered.class);
  }

  @Test
  void saysWhenTheDirectoryCannotBeWritten() throws IOException {
    git.write(PATH, CART).commit("start");
    Files.writeString(temp.resolve("data"), "a file where the directory should be");
    Plausible plausible = Repairs.plausible(edit(PATH, CART), Optional.empty(), "guards");

    assertThat(deliver(plausible))
        .isInstanceOfSatisfying(
            Undelivered.class, u -> assertThat(u.reason()).startsWith("cannot write"));
  }

  @Test
  void withdrawingRemovesTheFile() throws IOException {
    git.write(PATH, CART).commit("start");
    Plausible plausible = Repairs.plausible(edit(PATH, CART), Optional.empty(), "guards");
    Delivered delivered = (Delivered) deliver(plausible);

    assertThat(channel.withdraw(delivered.delivery(), "rejected").detail()).startsWith("removed ");
    assertThat(channel.withdraw(delivered.delivery(), "rejected").detail())
        .contains("gone already");
    assertThat(Path.of(delivered.delivery().reference())).doesNotExist();
  }

  private Path deliver(Patch patch, dev.fettle.contract.model.TestDraft test) {
    return path(deliver(Repairs.plausible(patch, test)));
  }

  private DeliveryResult deliver(Plausible plausible) {
    return channel.deliver(
        plausible, Repairs.repairCase(DirectoryTree.of(git.directory()), plausible));
  }

  private static Path path(DeliveryResult result) {
    assertThat(result).isInstanceOf(Delivered.class);
    return Path.of(((Delivered) result).delivery().reference());
  }

  private static Patch edit(String path, String before) {
    return Repairs.edit(path, before, "price().value()", "0");
  }

  private static dev.fettle.contract.model.TestDraft test(String text) {
    return Repairs.test(TEST, text);
  }
}
