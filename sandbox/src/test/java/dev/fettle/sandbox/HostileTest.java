package dev.fettle.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.model.TestResult;
import dev.fettle.contract.spi.ProjectReader.Reading;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.sandbox.confine.HostExecution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
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
  void refusesAPatchThatBreaksWhatFollowsTheTests() {
    String closing = "package h; public class Code { public static void close() { } }";
    Folder tree =
        new Folder(directory.resolve("closing"), "4060")
            .with("src/main/java/h/Code.java", closing)
            .with(
                "src/test/java/h/CloseTest.java",
                test(
                    "Close",
                    "@org.junit.jupiter.api.AfterAll static void close() { Code.close(); }",
                    "assertTrue(true);"));
    copyJars(tree.root().resolve("lib"));
    ProjectModel closed = ((Reading.Read) sandbox.reader().read(tree)).project();
    int at = closing.indexOf("{ }") + 1;
    Patch breaking =
        new Patch(
            List.of(
                new Replacement(
                    "src/main/java/h/Code.java",
                    at,
                    at,
                    "",
                    " if (true) throw new IllegalStateException();")));
    ValidationStep step =
        sandbox.steps().stream()
            .filter(s -> s.oracle().equals("tests of the base revision"))
            .findFirst()
            .orElseThrow();

    StepResult result = step.check(new Candidate(breaking, "test", "says", 1), casesOf(closed));

    assertThat(result)
        .isInstanceOfSatisfying(
            StepResult.Failed.class,
            failed -> assertThat(failed.oracles().get(0)).contains("h.CloseTest#<class>"));
  }

  @SuppressWarnings("NullAway")
  private static RepairCase casesOf(ProjectModel closed) {
    return new RepairCase(null, null, null, closed, Optional.empty());
  }

  @Test
  void doesNotFollowLinksThatACompilationPlants() throws IOException {
    Path precious = Files.writeString(directory.resolve("precious"), "mine");
    Folder tree =
        new Folder(directory.resolve("planting"), "4061")
            .with("src/main/java/h/Code.java", "package h; public class Code { }")
            .with("src/test/java/h/GoodTest.java", test("Good", "", "assertTrue(true);"));
    copyJars(tree.root().resolve("lib"));
    plantingProcessor(tree.root().resolve("lib/planter.jar"), precious);

    assertThat(sandbox.reader().read(tree)).isInstanceOf(Reading.Read.class);

    assertThat(precious).hasContent("mine");
  }

  /** An annotation processor that puts a link where the host once wrote the next list of files. */
  private static void plantingProcessor(Path jar, Path target) throws IOException {
    Path classes = Files.createDirectories(directory.resolve("planter"));
    Path source =
        Files.writeString(
            classes.resolve("Planter.java"),
            """
            import java.nio.file.*;
            import java.util.Set;
            import javax.annotation.processing.*;
            import javax.lang.model.element.TypeElement;

            @SupportedAnnotationTypes("*")
            public class Planter extends AbstractProcessor {
              public boolean process(Set<? extends TypeElement> types, RoundEnvironment round) {
                try {
                  Path list = Path.of("target/sources.txt");
                  Files.deleteIfExists(list);
                  Files.createSymbolicLink(list, Path.of("%s"));
                } catch (java.io.IOException e) {
                  throw new IllegalStateException(e);
                }
                return false;
              }
            }
            """
                .formatted(target));
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
        .isZero();
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("Planter.class"));
      out.write(Files.readAllBytes(classes.resolve("Planter.class")));
      out.putNextEntry(new ZipEntry("META-INF/services/javax.annotation.processing.Processor"));
      out.write("Planter".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void doesNotCountWhatAJobWaitsForOthers() throws Exception {
    assertPassed(run("h.GoodTest", Duration.ofSeconds(60)));
    Workers workers = ((WarmLaboratory) sandbox.laboratory()).workers();
    CountDownLatch lent = new CountDownLatch(1);
    Duration timeout = Duration.ofSeconds(5);
    CompletableFuture<String> other =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return workers.use(
                    project,
                    project.modules().get(0),
                    Deadline.in(timeout),
                    worker -> {
                      lent.countDown();
                      LockSupport.parkNanos(timeout.plusSeconds(1).toNanos());
                      return "held for longer than the job's time";
                    });
              } catch (IOException | Worker.Lost e) {
                throw new IllegalStateException(e);
              }
            });
    lent.await();

    assertPassed(run("h.GoodTest", timeout));

    assertThat(other.join()).startsWith("held");
  }

  @Test
  void runsABaseSuiteAgainThatCouldNotBeRun() throws IOException {
    Folder tree =
        new Folder(directory.resolve("again"), "4062")
            .with("src/main/java/h/Code.java", "package h; public class Code { }")
            .with("src/test/java/h/GoodTest.java", test("Good", "", "assertTrue(true);"));
    copyJars(tree.root().resolve("lib"));
    ProjectModel read = ((Reading.Read) sandbox.reader().read(tree)).project();
    Path jdk = directory.resolve("jdk");
    ProjectModel moved = new ProjectModel(read.root(), read.tool(), jdk, read.modules());
    Workers workers = ((WarmLaboratory) sandbox.laboratory()).workers();
    try (BaseSuites suites = new BaseSuites(workers, Duration.ZERO)) {
      assertThat(suites.await(moved, Duration.ofMinutes(1))).isEmpty();

      Files.createSymbolicLink(jdk, read.javaHome());

      assertThat(suites.await(moved, Duration.ofMinutes(1)).orElseThrow().get("").passing())
          .containsExactly("h.GoodTest#t");
    }
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
