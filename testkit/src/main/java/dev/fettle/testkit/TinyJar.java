package dev.fettle.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** An executable jar of one really compiled class. */
public final class TinyJar {
  private TinyJar() {}

  /**
   * Compiles the class for Java 17 and packs it.
   *
   * @param name of the class, in the unnamed package
   * @param attributes of the manifest
   */
  public static Path write(Path jar, String name, String source, Map<String, String> attributes)
      throws IOException {
    Path work = Files.createTempDirectory("tiny-jar-");
    Path file = Files.writeString(work.resolve(name + ".java"), source);
    int code =
        Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "needs a JDK")
            .run(null, null, null, "--release", "17", "-d", work.toString(), file.toString());
    if (code != 0) {
      throw new AssertionError(name + " does not compile");
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.forEach(manifest.getMainAttributes()::putValue);
    Files.createDirectories(Objects.requireNonNull(jar.toAbsolutePath().getParent()));
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        Stream<Path> classes = Files.list(work)) {
      for (Path type : classes.filter(c -> c.toString().endsWith(".class")).toList()) {
        entries.putNextEntry(new JarEntry(type.getFileName().toString()));
        entries.write(Files.readAllBytes(type));
      }
    }
    return jar;
  }
}
