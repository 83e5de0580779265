package dev.fettle.bench.runtime;

import dev.fettle.bench.host.BenchFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The names of the remedies in an agent: those that its judgement speaks of. */
final class ShippedRemedies {
  private static final String JUDGEMENT = "heal/remedy/judgement.txt";

  private ShippedRemedies() {}

  /** Empty when the jar is no agent that heals. */
  static Set<String> of(Path agent) {
    try (InputStream in = Files.newInputStream(agent)) {
      Set<String> names = new TreeSet<>();
      collect(in, names);
      return names;
    } catch (IOException e) {
      throw BenchFailure.broken("cannot read " + agent + ": " + e.getMessage());
    }
  }

  /** The agent's own classes lie in a jar inside the jar. */
  private static void collect(InputStream jar, Set<String> names) throws IOException {
    ZipInputStream zip = new ZipInputStream(jar);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (entry.getName().endsWith(".jar")) {
        collect(zip, names);
      } else if (entry.getName().endsWith(JUDGEMENT)) {
        new BufferedReader(new InputStreamReader(zip, StandardCharsets.UTF_8))
            .lines()
            .map(line -> line.split(" "))
            .filter(words -> words.length == 4 && words[0].equals("any"))
            .forEach(words -> names.add(words[1]));
      }
    }
  }
}
