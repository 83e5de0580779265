package dev.fettle.sandbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradleProjectReaderTest {
  @TempDir Path directory;

  @Test
  void initScriptWritesEveryKeyThatTheRecordReads() throws IOException {
    String script = GradleProjectReader.script();
    List<String> keys =
        Pattern.compile("put\\('(\\w+)'").matcher(script).results().map(m -> m.group(1)).toList();
    assertThat(keys)
        .contains("module", "basedir", "mainOutput", "testOutput", "mainSource", "testSource")
        .contains("compile", "test", "processor", "release", "arg", "jvmArg", "property");
    assertThat(script).contains("fettle.spy.file").contains("fettleDescribe");
    assertThat(script.chars().filter(c -> c == '{').count())
        .isEqualTo(script.chars().filter(c -> c == '}').count());
  }

  @Test
  void prefersTheWrapperEvenWithoutItsExecutableBit() throws IOException {
    Files.createDirectories(directory.resolve("gradle/wrapper"));
    Files.writeString(directory.resolve("gradle/wrapper/gradle-wrapper.jar"), "");
    Files.writeString(directory.resolve("gradlew"), "");
    assertThat(GradleProjectReader.launcher(directory, "/usr/bin"))
        .contains(List.of("/bin/sh", directory.resolve("gradlew").toString()));
  }
}
