package dev.fettle.bench.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the agent of one run healed, oldest first; at most the first thousand. */
record AppliedHeals(List<Heal> heals) {
  private static final int FIELDS = 5;

  /**
   * One heal.
   *
   * @param nanos from the handler to the action
   * @param first whether the remedy was chosen for it, rather than known
   */
  record Heal(String site, String exception, String remedy, long nanos, boolean first) {}

  AppliedHeals {
    heals = List.copyOf(heals);
  }

  /** Reads tab-separated lines; one that a killed child left half written is skipped. */
  static AppliedHeals read(Path file) {
    List<Heal> heals = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String[] fields = line.split("\t");
        if (fields.length == FIELDS && fields[3].matches("\\d{1,18}")) {
          long nanos = Long.parseLong(fields[3]);
          heals.add(new Heal(fields[0], fields[1], fields[2], nanos, fields[4].equals("first")));
        }
      }
    } catch (IOException nothingHealed) {
      return new AppliedHeals(List.of());
    }
    return new AppliedHeals(heals);
  }
}
