package dev.fettle.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildToolsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.codehaus.plexus.classworlds.launcher.Launcher spring-boot:run",
        "org.apache.maven.wrapper.MavenWrapperMain test",
        "/p/.mvn/wrapper/maven-wrapper.jar test",
        "org.gradle.launcher.daemon.bootstrap.GradleDaemon 8.5",
        "worker.org.gradle.process.internal.worker.GradleWorkerMain 'Gradle Test Executor 1'",
        "/p/gradle/wrapper/gradle-wrapper.jar bootRun",
        "org.jetbrains.kotlin.daemon.KotlinCompileDaemon --daemon-runFilesPath",
        "jdk.compiler/com.sun.tools.javac.Main -version",
        "/p/target/surefire/surefirebooter123.jar /p/target"
      })
  void isABuildTool(String command) {
    assertThat(BuildTools.isBuildTool(command)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/srv/shop.jar --server.port=0",
        "com.example.shop.ShopApplication",
        "org.springframework.boot.loader.launch.JarLauncher",
        "com.example.Main org.gradle.launcher",
        ""
      })
  void isAnApplication(String command) {
    assertThat(BuildTools.isBuildTool(command)).isFalse();
  }
}
