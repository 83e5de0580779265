package dev.fettle.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.ExitCode;
import dev.fettle.testkit.TinyJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service whose Maven wrapper is a script that does what the test says. */
class WorkspaceTest {
  private static final Path JDK = Path.of(System.getProperty("java.home"));

  @TempDir Path folder;
  private Workspace workspace;

  @BeforeEach
  void repository() throws IOException {
    workspace = new Workspace(folder.resolve("work"));
    Files.createDirectories(workspace.repository());
    TinyJar.write(
        folder.resolve("boot.jar"),
        "Start",
        "public class Start {}",
        Map.of("Main-Class", "Start", "Start-Class", "Start"));
    TinyJar.write(
        folder.resolve("plain.jar"),
        "Plain",
        "public class Plain {}",
        Map.of("Main-Class", "Plain"));
  }

  private void build(String script) throws IOException {
    Files.writeString(workspace.repository().resolve("mvnw"), script);
  }

  @Test
  void findsTheOneExecutableJarAmongOthers() throws IOException {
    build(
        "mkdir -p app/target core/target; cp ../../boot.jar app/target/app-1.jar;"
            + " cp ../../plain.jar core/target/core-1.jar");
    assertThat(workspace.buildJar(JDK))
        .isEqualTo(workspace.root().resolve("build/app/target/app-1.jar"));
  }

  @Test
  void asksForNoCommitWhereThereIsNoHistory() throws IOException {
    build("echo \"$@\" > arguments; mkdir target; cp ../../boot.jar target/app-1.jar");
    workspace.buildJar(JDK);
    assertThat(workspace.root().resolve("build/arguments"))
        .content()
        .contains("-Dmaven.gitcommitid.skip");
  }

  @Test
  void copiesAPackageNamedTargetButNoBuiltOne() throws IOException {
    release(17);
    Path source = Files.createDirectories(workspace.repository().resolve("src/shop/target"));
    Files.writeString(source.resolve("Target.java"), "class Target {}");
    Files.createDirectories(workspace.repository().resolve("target/classes"));
    Path copy = folder.resolve("copy");
    Workspace.copy(workspace.repository(), copy);
    assertThat(copy.resolve("src/shop/target/Target.java")).exists();
    assertThat(copy.resolve("target")).doesNotExist();
  }

  @Test
  void saysWhatTheBuildSaidWhenItFails() throws IOException {
    build("echo '[ERROR] Shop.java:[3,5] cannot find symbol'; exit 1");
    assertThatThrownBy(() -> workspace.buildJar(JDK))
        .isInstanceOfSatisfying(
            CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("the Maven build of the service fails")
        .hasMessageContaining("Shop.java:[3,5] cannot find symbol");
  }

  @Test
  void refusesABuildWithoutASpringBootApplication() throws IOException {
    build("mkdir -p target; cp ../../plain.jar target/app-1.jar");
    assertThatThrownBy(() -> workspace.buildJar(JDK))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("exactly one executable Spring Boot jar");
  }

  @Test
  void refusesABuildOfTwoApplications() throws IOException {
    build("for m in a b; do mkdir -p $m/target; cp ../../boot.jar $m/target/$m.jar; done");
    assertThatThrownBy(() -> workspace.buildJar(JDK))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("a/target/a.jar")
        .hasMessageContaining("b/target/b.jar");
  }

  private void release(int release) throws IOException {
    Files.writeString(
        workspace.repository().resolve("pom.xml"),
        "<project><properties><java.version>" + release + "</java.version></properties></project>");
  }

  @Test
  void takesTheUsersJdkWhereItIsNewEnough() throws IOException {
    release(17);
    assertThat(workspace.jdk(JDK.toString())).isEqualTo(JDK);
  }

  @Test
  void takesAnotherJdkWhereTheUsersIsNone() throws IOException {
    release(17);
    assertThat(workspace.jdk(folder.toString()).resolve("bin/javac")).isExecutable();
    assertThat(workspace.jdk(null).resolve("bin/javac")).isExecutable();
  }

  @Test
  void namesTheJdkThatIsWanted() throws IOException {
    release(99);
    assertThatThrownBy(() -> workspace.jdk(JDK.toString()))
        .isInstanceOfSatisfying(
            CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("the service wants a JDK 99; installed: ");
  }
}
