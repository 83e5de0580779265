package dev.fettle.sandbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenProjectReaderTest {
  @TempDir Path directory;

  @Test
  void readsTheWantedReleaseOutOfAFailure() {
    assertThat(MavenProjectReader.newerRelease("error: release version 25 not supported", 17))
        .isEqualTo(25);
    assertThat(
            MavenProjectReader.newerRelease(
                "class file has wrong version 65.0, should be 61.0", 17))
        .isEqualTo(21);
    assertThat(MavenProjectReader.newerRelease("cannot find symbol", 17)).isZero();
  }

  @Test
  void prefersTheLowestLongTermJdkThatFits() {
    Jdks jdks = new Jdks(Map.of(17, Path.of("/17"), 19, Path.of("/19"), 21, Path.of("/21")));
    assertThat(jdks.fitting(8)).contains(Path.of("/17"));
    assertThat(jdks.fitting(18)).contains(Path.of("/21"));
    assertThat(jdks.fitting(22)).isEmpty();
    assertThat(jdks).hasToString("17, 19, 21");
  }

  @Test
  void splitsArgumentsAsSurefireDoes() {
    assertThat(CommandLine.split("-Xmx1g  \"-Da=b c\" -Dd='e f'"))
        .isEqualTo(List.of("-Xmx1g", "-Da=b c", "-Dd=e f"));
  }

  @Test
  void countsReportsWithoutFollowingTheirEntities() throws IOException {
    Path reports = Files.createDirectories(directory.resolve("app/target/surefire-reports"));
    Files.writeString(
        reports.resolve("TEST-a.xml"),
        "<testsuite><testcase classname='a.B' name='ok'/><testcase classname='a.B' name='no'>"
            + "<failure/></testcase><testcase classname='a.B' name='off'><skipped/></testcase>"
            + "</testsuite>");
    assertThat(SurefireReports.below(directory))
        .isEqualTo(
            new SurefireReports(2, List.of("a.B#no"), List.of("a.B#ok"), List.of("a.B#off")));
    Files.writeString(
        reports.resolve("TEST-b.xml"),
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><testsuite>&e;</testsuite>");
    org.junit.jupiter.api.Assertions.assertThrows(
        IOException.class, () -> SurefireReports.below(directory));
  }
}
