package dev.fettle.sandbox;

import dev.fettle.lab.LabMain;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32;

/** The packed laboratory as a file that a child JVM can open. */
final class LabJar {
  private LabJar() {}

  /**
   * The jar itself where it lies on disk; a copy under {@code data} when it is nested in the jar of
   * the server, the command line or the benchmarks.
   */
  static Path locate(Path data) throws IOException {
    URL packed = LabMain.class.getResource("/fettle-lab.jar");
    if (packed != null) {
      return copy(packed, data.toAbsolutePath());
    }
    URL location = LabMain.class.getProtectionDomain().getCodeSource().getLocation();
    String text = location.toString();
    if (text.startsWith("file:")) {
      Path path = Path.of(URI.create(text));
      if (Files.isRegularFile(path)) {
        return path;
      }
      throw new IOException("the laboratory must be packed: " + path + " is no jar");
    }
    String nested = text.startsWith("jar:") ? text.substring("jar:".length()) : text;
    if (nested.endsWith("!/")) {
      nested = nested.substring(0, nested.length() - "!/".length());
    }
    return copy(URI.create(nested).toURL(), data.toAbsolutePath());
  }

  private static Path copy(URL nested, Path data) throws IOException {
    Files.createDirectories(data);
    Path fresh = Files.createTempFile(data, "fettle-lab", ".jar");
    try (InputStream in = nested.openStream()) {
      Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
    }
    try (var zip = FileSystems.newFileSystem(fresh)) {
      if (!Files.exists(zip.getPath("dev/fettle/lab/LabMain.class"))) {
        throw new IOException("not the packed laboratory: " + nested);
      }
    }
    // Named by its content: processes share it, and a data directory holds one of each version.
    CRC32 content = new CRC32();
    content.update(Files.readAllBytes(fresh));
    Path target = data.resolve("fettle-lab-" + Long.toHexString(content.getValue()) + ".jar");
    return Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
