package dev.fettle.search;

import dev.fettle.contract.model.CandidateBatch;
import dev.fettle.contract.model.CandidateBatch.Part;
import dev.fettle.contract.model.CandidateBatch.PartedFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes many candidates into one text. */
final class BatchText {
  private static final String CHOICE = "dev.fettle.lab.search.Fuel.candidate";

  private final Map<String, Unit> units;

  BatchText(Map<String, Unit> units) {
    this.units = units;
  }

  /** Whether a proposal can share a batch with others. */
  boolean shares(Proposal proposal) {
    Unit unit = units.get(proposal.path());
    return unit != null && proposal.edits().stream().allMatch(e -> unit.region(e) != null);
  }

  /**
   * All of them numbered from 1 in their order.
   *
   * @param unchanged whether the unchanged program runs too, as number 0
   */
  CandidateBatch of(List<Proposal> proposals, boolean unchanged) {
    CandidateBatch batch = of(proposals);
    if (!unchanged) {
      return batch;
    }
    List<Integer> numbers = new ArrayList<>(List.of(0));
    numbers.addAll(batch.candidates());
    return new CandidateBatch(batch.files(), numbers);
  }

  /** All of them numbered from 1 in their order. Proposals that cannot share must be alone. */
  CandidateBatch of(List<Proposal> proposals) {
    if (proposals.size() == 1 && !shares(proposals.get(0))) {
      Proposal only = proposals.get(0);
      String text = text(only.path());
      return new CandidateBatch(
          List.of(
              new PartedFile(
                  only.path(),
                  List.of(new Part(1, Edit.apply(text, 0, text.length(), only.edits()))))),
          List.of(1));
    }
    Map<String, List<Integer>> byPath = new LinkedHashMap<>();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < proposals.size(); i++) {
      byPath.computeIfAbsent(proposals.get(i).path(), p -> new ArrayList<>()).add(i);
      numbers.add(i + 1);
    }
    List<PartedFile> files = new ArrayList<>();
    byPath.forEach((path, indices) -> files.add(file(path, indices, proposals)));
    return new CandidateBatch(files, numbers);
  }

  private String text(String path) {
    Unit unit = units.get(path);
    if (unit == null) {
      throw new IllegalArgumentException("not editable: " + path);
    }
    return unit.text();
  }

  private PartedFile file(String path, List<Integer> indices, List<Proposal> proposals) {
    Unit unit = units.get(path);
    if (unit == null) {
      throw new IllegalArgumentException("not editable: " + path);
    }
    Map<Region, List<Integer>> byRegion = new LinkedHashMap<>();
    for (int i : indices) {
      for (Edit edit : proposals.get(i).edits()) {
        Region region = unit.region(edit);
        List<Integer> of =
            byRegion.computeIfAbsent(
                java.util.Objects.requireNonNull(region), r -> new ArrayList<>());
        if (of.isEmpty() || of.get(of.size() - 1) != i) {
          of.add(i);
        }
      }
    }
    List<Part> parts = new ArrayList<>();
    int at = 0;
    for (Region region : unit.regions()) {
      List<Integer> here = byRegion.get(region);
      if (here == null) {
        continue;
      }
      String text = unit.text();
      parts.add(new Part(-1, text.substring(at, region.codeStart())));
      String original = text.substring(region.codeStart(), region.codeEnd());
      Map<Integer, String> variants = new LinkedHashMap<>();
      for (int i : here) {
        List<Edit> edits =
            proposals.get(i).edits().stream().filter(e -> region.equals(unit.region(e))).toList();
        variants.put(i + 1, Edit.apply(text, region.codeStart(), region.codeEnd(), edits));
      }
      write(region, original, variants, parts);
      at = region.codeEnd();
    }
    parts.add(new Part(-1, unit.text().substring(at)));
    return new PartedFile(path, parts);
  }

  private static void write(
      Region region, String original, Map<Integer, String> variants, List<Part> parts) {
    switch (region.kind()) {
      case METHOD -> {
        parts.add(new Part(-1, "{ switch (" + CHOICE + ") {\n"));
        variants
            .keySet()
            .forEach(n -> parts.add(new Part(n, "case " + n + ": " + call(region, n) + "\n")));
        parts.add(
            new Part(-1, "default: " + call(region, 0) + "\n}}\n" + head(region, 0) + original));
        variants.forEach((n, code) -> parts.add(new Part(n, "\n" + head(region, n) + code)));
        parts.add(new Part(-1, "\n"));
      }
      case STATEMENTS -> {
        variants.forEach(
            (n, code) ->
                parts.add(new Part(n, " if (" + CHOICE + " == " + n + ") {" + code + "\n} else ")));
        parts.add(new Part(-1, "{" + original + "\n}"));
      }
      case INITIALIZER -> {
        variants.forEach(
            (n, code) -> parts.add(new Part(n, CHOICE + " == " + n + " ? (" + code + ") : ")));
        parts.add(new Part(-1, original));
      }
    }
  }

  private static String head(Region region, int number) {
    return region.head().get(0) + number + region.head().get(1);
  }

  private static String call(Region region, int number) {
    return region.call().get(0) + number + region.call().get(1);
  }
}
