package dev.fettle.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.TestResult;
import dev.fettle.contract.spi.ProjectReader.Reading;
import dev.fettle.sandbox.confine.HostExecution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plain project whose tests misbehave, each in a way of its own. */
class HostileTest {
  @TempDir static Path directory;
  private static Sandbox sandbox;
  private static ProjectModel project;

  @BeforeAll
  static void read() throws IOException {
    Folder tree =
        new Folder(directory.resolve("hostile"), "4057")
            .with("src/main/java/h/Code.java", "package h; public class Code { }")
            .with("src/test/java/h/GoodTest.java", test("Good", "", "System.out.println(1);"))
            .with("src/test/java/h/HangTest.java", test("Hang", "", "while (true) { }"))
            .with("src/test/java/h/ExitTest.java", test("Exit", "", "System.exit(0);"))
            .with(
                "src/test/java/h/FloodTest.java",
                test(
                    "Flood",
                    "",
                    "var out = new java.io.FileOutputStream(java.io.FileDescriptor.out);",
                    "byte[] block = new byte[1 << 20];",
                    "for (int i = 0; i < 2200; i++) { out.write(block); }",
                    "for (int i = 0; i < 100; i++) { System.out.write(block); }"))
            .with(
                "src/test/java/h/EndlessTest.java",
                test(
                    "Endless",
                    "",
                    "var out = new java.io.FileOutputStream(java.io.FileDescriptor.out);",
                    "byte[] block = new byte[1 << 20];",
                    "while (true) { out.write(block); }"))
            .with(
                "src/test/java/h/BombTest.java",
                test(
                    "Bomb",
                    "",
                    "byte[][] all = new byte[1 << 20][]; int i = 0;",
                    "while (true) { all[i++] = new byte[1 << 20]; }"))
            .with(
                "src/test/java/h/ForkTest.java",
                test(
                    "Fork",
                    "",
                    "new ProcessBuilder(\"/bin/sh\", \"-c\", \"setsid sleep 987 &\")"
                        + ".start().waitFor();"))
            .with(
                "src/test/java/h/EscapeTest.java",
                test(
                    "Escape",
                    "",
                    "try (var s = new java.net.Socket()) {",
                    "  s.connect(new java.net.InetSocketAddress(\"1.1.1.1\", 53), 500);",
                    "  fail(\"got out\");",
                    "} catch (java.net.SocketException unreachable) { }",
                    "assertFalse(java.nio.file.Files.exists(java.nio.file.Path.of(\"/root/.m2\")));",
                    "assertFalse(new java.io.File(\"/usr/fettle-escape\").createNewFile());"));
    copyJars(tree.root().resolve("lib"));
    sandbox = Sandbox.open(directory.resolve("data"), HostExecution.ALLOWED);
    Reading reading = sandbox.reader().read(tree);
    assertThat(reading).isInstanceOf(Reading.Read.class);
    project = ((Reading.Read) reading).project();
  }

  @AfterAll
  static void close() {
    sandbox.close();
  }

  @Test
  void goesOnAfterATestThatHangs() {
    LabReport report = run("h.HangTest", Duration.ofSeconds(4));
    assertThat(report)
        .isInstanceOfSatisfying(
            LabReport.TimedOut.class, late -> assertThat(late.detail()).contains("h.HangTest#t"));
    assertPassed(run("h.GoodTest", Duration.ofSeconds(60)));
  }

  @Test
  void countsAnEndedJvmAsAFailedTest() {
    LabReport.Ran ran = (LabReport.Ran) run("h.ExitTest", Duration.ofSeconds(60));
    assertThat(ran.results()).extracting(TestResult::name).containsExactly("h.ExitTest#t");
    assertThat(ran.failures()).hasSize(1);
    assertThat(ran.failures().get(0).failure().orElseThrow().message()).contains("code 0");
  }

  /**
   * 2.2 GB past the framework, which a whole-output buffer could not hold, and 100 MB through it.
   */
  @Test
  void drainsGigabytes() {
    assertPassed(run("h.FloodTest", Duration.ofMinutes(2)));
  }

  @Test
  void stopsAFloodWithoutEndAtTheTimeLimit() {
    assertThat(run("h.EndlessTest", Duration.ofSeconds(3)))
        .isInstanceOfSatisfying(
            LabReport.TimedOut.class,
            late -> assertThat(late.detail()).contains("h.EndlessTest#t"));
    assertPassed(run("h.GoodTest", Duration.ofSeconds(60)));
  }

  @Test
  void survivesAMemoryBomb() {
    LabReport.Ran ran = (LabReport.Ran) run("h.BombTest", Duration.ofSeconds(60));
    assertThat(ran.failures()).hasSize(1);
    assertPassed(run("h.GoodTest", Duration.ofSeconds(60)));
  }

  @Test
  void leavesNoProcessBehind() throws IOException {
    Path data = directory.resolve("data");
    try (Sandbox own = Sandbox.open(data, HostExecution.ALLOWED)) {
      assertPassed(own.laboratory().run(job("h.ForkTest", Duration.ofSeconds(60))));
    }
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (sleepers() > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(sleepers()).isZero();
  }

  @Test
  void letsNothingOut() {
    String confinement = sandbox.laboratory().confinement();
    boolean confined = confinement.equals("bubblewrap");
    if (!confined) {
      System.out.println("SKIPPED letsNothingOut: " + confinement);
    }
    assumeTrue(confined, "bubblewrap does not work here");
    LabReport.Ran ran = (LabReport.Ran) run("h.EscapeTest", Duration.ofSeconds(60));
    assertThat(ran.failures())
        .singleElement()
        .satisfies(
            r -> assertThat(r.failure().orElseThrow().type()).isEqualTo("java.io.IOException"));
  }

  @Test
  void leavesOutAtTheBaseWhatNeverPasses() {
    Folder tree =
        new Folder(directory.resolve("halting"), "4058")
            .with("src/main/java/h/Code.java", "package h; public class Code { }")
            .with("src/test/java/h/GoodTest.java", test("Good", "", "assertTrue(true);"))
            .with("src/test/java/h/ExitTest.java", test("Exit", "", "System.exit(3);"));
    copyJars(tree.root().resolve("lib"));
    ProjectModel halting = ((Reading.Read) sandbox.reader().read(tree)).project();
    assertThat(sandbox.baseTests().passing(halting, Duration.ofMinutes(1)).orElseThrow())
        .containsExactly("h.GoodTest#t");
    assertThat(sandbox.baseTests().leftOut(halting)).containsExactly("h.ExitTest#t");
    LabJob.Selection all = new LabJob.Selection.All();
    assertPassed(
        sandbox
            .laboratory()
            .run(new LabJob(halting, Optional.empty(), List.of(), all, Duration.ofSeconds(60))));
  }

  @Test
  void saysWhyAFolderDoesNotCompile() {
    Folder broken =
        new Folder(directory.resolve("broken"), "4059")
            .with("src/main/java/h/Code.java", "package h; public class Code { int x = \"\"; }");
    assertThat(sandbox.reader().read(broken))
        .isInstanceOfSatisfying(
            Reading.Unreadable.class,
            why -> assertThat(why.reason()).contains("incompatible types").contains("wanted"));
  }

  @Test
  void refusesToRunUnconfinedWhatNobodyNamed() throws IOException {
    try (Sandbox refusing = Sandbox.open(directory.resolve("other"), HostExecution.REFUSED)) {
      boolean confined = refusing.laboratory().confinement().equals("bubblewrap");
      LabReport report = refusing.laboratory().run(job("h.GoodTest", Duration.ofSeconds(60)));
      assertThat(report).isInstanceOf(confined ? LabReport.Ran.class : LabReport.LabFailure.class);
    }
  }

  private static LabReport run(String testClass, Duration timeout) {
    return sandbox.laboratory().run(job(testClass, timeout));
  }

  private static LabJob job(String testClass, Duration timeout) {
    LabJob.Selection selection = new LabJob.Selection.Classes("", List.of(testClass));
    return new LabJob(project, Optional.empty(), List.of(), selection, timeout);
  }

  private static void assertPassed(LabReport report) {
    assertThat(report)
        .isInstanceOfSatisfying(
            LabReport.Ran.class,
            ran -> {
              assertThat(ran.failures()).isEmpty();
              assertThat(ran.results()).hasSize(1);
            });
  }

  private static long sleepers() {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").endsWith("sleep 987"))
        .count();
  }

  private static String test(String name, String field, String... body) {
    return "package h; import static org.junit.jupiter.api.Assertions.*; class "
        + name
        + "Test { "
        + field
        + " @org.junit.jupiter.api.Test void t() throws Exception { "
        + String.join("\n", body)
        + " } }";
  }

  /** The JUnit jars that this test itself runs with. */
  private static void copyJars(Path lib) {
    try {
      Files.createDirectories(lib);
      for (String name : System.getProperty("java.class.path").split(":", -1)) {
        Path jar = Path.of(name);
        if (name.endsWith(".jar")
            && name.matches(".*/(org/junit|org/opentest4j|org/apiguardian)/.*")) {
          Files.copy(jar, lib.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
