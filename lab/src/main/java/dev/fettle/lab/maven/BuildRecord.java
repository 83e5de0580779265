package dev.fettle.lab.maven;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The spy's output: one {@code key TAB value} per line, UTF-8, with {@code \t \n \r \\} escaped in
 * values. A {@code module} line begins a module.
 */
final class BuildRecord {
  private final Writer writer;

  BuildRecord(Path file) throws IOException {
    writer = Files.newBufferedWriter(file);
  }

  void put(String key, @Nullable String value) throws IOException {
    if (value == null) {
      return;
    }
    String escaped =
        value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    writer.write(key + "\t" + escaped + "\n");
  }

  void putAll(String key, Collection<String> values) throws IOException {
    for (String value : values) {
      put(key, value);
    }
  }

  void flush() throws IOException {
    writer.flush();
  }

  void close() throws IOException {
    writer.close();
  }
}
