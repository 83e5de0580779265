package dev.fettle.boot;

import java.util.List;
import java.util.Locale;

/**
 * Whether this JVM is a build tool or a tool of the JDK, where an agent that came by {@code
 * JAVA_TOOL_OPTIONS} has no business.
 */
final class BuildTools {
  private static final List<String> MAIN_CLASSES =
      List.of(
          "org.codehaus.plexus.classworlds.launcher.Launcher",
          "org.codehaus.classworlds.Launcher",
          "org.apache.maven.",
          "org.mvndaemon.",
          "org.gradle.",
          "worker.org.gradle.",
          "org.jetbrains.kotlin.",
          "org.jetbrains.jps.",
          "org.apache.tools.ant.",
          "org.eclipse.jdt.internal.compiler.",
          "org.codehaus.groovy.tools.",
          "scala.tools.",
          "bloop.",
          "sbt.",
          "com.sun.tools.",
          "sun.tools.",
          "sun.jvm.hotspot.",
          "sun.security.tools.",
          "jdk.compiler/",
          "jdk.jartool/",
          "jdk.jcmd/",
          "jdk.javadoc/",
          "jdk.jdeps/",
          "jdk.jlink/",
          "jdk.jshell/",
          "jdk.jfr/",
          "jdk.jpackage/",
          "jdk.jstatd/",
          "jdk.jconsole/",
          "jdk.hotspot.agent/",
          "java.base/sun.security.tools.");

  private static final List<String> JARS =
      List.of("maven-wrapper", "gradle-wrapper", "gradle-launcher", "surefirebooter", "sbt-launch");

  private BuildTools() {}

  static boolean runHere() {
    return isBuildTool(System.getProperty("sun.java.command", ""));
  }

  /**
   * @param command main class or jar of the JVM, then its arguments
   */
  static boolean isBuildTool(String command) {
    int blank = command.indexOf(' ');
    String main = blank < 0 ? command : command.substring(0, blank);
    if (MAIN_CLASSES.stream().anyMatch(main::startsWith)) {
      return true;
    }
    String file =
        main.substring(Math.max(main.lastIndexOf('/'), main.lastIndexOf('\\')) + 1)
            .toLowerCase(Locale.ROOT);
    return JARS.stream().anyMatch(file::startsWith);
  }
}
