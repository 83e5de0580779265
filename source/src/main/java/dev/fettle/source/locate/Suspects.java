package dev.fettle.source.locate;

import com.sun.source.tree.Tree;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.Suspect;
import dev.fettle.source.java.JavaFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers findings into suspects: one for each place, ranked, at most eight. */
final class Suspects {
  private static final int KEPT = 8;

  private final Map<SourcePlace, Suspect> byPlace = new LinkedHashMap<>();

  void add(Finding f) {
    if (!f.file().written(f.tree()) || f.file().project().index().isTest(f.file().path())) {
      return;
    }
    SourcePlace place = f.file().place(f.tree());
    String sentence = sentence(f.evidence());
    byPlace.merge(
        place, new Suspect(place, f.score(), f.role(), List.of(sentence)), Suspects::merged);
  }

  /** Adds a sentence to a suspect that is there. */
  void note(JavaFile file, Tree tree, String evidence) {
    byPlace.computeIfPresent(
        file.place(tree),
        (p, s) -> merged(s, new Suspect(p, 0, s.role(), List.of(sentence(evidence)))));
  }

  private static Suspect merged(Suspect a, Suspect b) {
    List<String> evidence = new ArrayList<>(a.evidence());
    b.evidence().stream().filter(e -> !evidence.contains(e)).forEach(evidence::add);
    Suspect first =
        a.role() == Suspect.Role.FAILED ? a : b.suspiciousness() > a.suspiciousness() ? b : a;
    return new Suspect(
        a.place(), Math.max(a.suspiciousness(), b.suspiciousness()), first.role(), evidence);
  }

  List<Suspect> ranked() {
    return byPlace.values().stream()
        .sorted(Comparator.comparingDouble(Suspect::suspiciousness).reversed())
        .limit(KEPT)
        .toList();
  }

  private static String sentence(String text) {
    String start = text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    return start.endsWith(".") ? start : start + ".";
  }
}
