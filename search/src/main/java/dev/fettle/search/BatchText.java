package dev.fettle.search;

import dev.fettle.contract.model.CandidateBatch;
import dev.fettle.contract.model.CandidateBatch.Part;
import dev.fettle.contract.model.CandidateBatch.PartedFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes many candidates into one text. */
final class BatchText {
  private static final String CHOICE = "dev.fettle.lab.search.Fuel.candidate";

  /** So many candidates share a copy of a method: each is asked for at every evaluation. */
  private static final int CHAIN = 32;

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

  /** Whether a place can be marked: it stands in a method. */
  boolean marks(Place place) {
    Region region = place.site().unit().region(place.span());
    return region != null && region.kind() == Region.Kind.METHOD;
  }

  /**
   * The places with marks in them, numbered from 1 in their order; each must be one that can be
   * marked.
   *
   * @param values by place: what is recorded there
   */
  CandidateBatch marked(List<Place> places, List<List<ScopeValues.Value>> values) {
    Map<String, List<Integer>> byPath = new LinkedHashMap<>();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      byPath
          .computeIfAbsent(places.get(i).site().unit().file().path(), p -> new ArrayList<>())
          .add(i);
      numbers.add(i + 1);
    }
    List<Proposal> proposals = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      String path = place.site().unit().file().path();
      proposals.add(
          new Proposal(path, place.edits(ProbeText.asking(place, i + 1)), place.operator(), 0));
    }
    List<PartedFile> files = new ArrayList<>();
    byPath.forEach(
        (path, indices) -> {
          PartedFile file = file(path, indices, proposals);
          List<Part> parts = new ArrayList<>(file.parts());
          Unit unit = java.util.Objects.requireNonNull(units.get(path));
          for (int i : indices) {
            Region region = java.util.Objects.requireNonNull(unit.region(places.get(i).span()));
            insert(
                parts,
                "\n" + head(region, i + 1),
                ProbeText.method(places.get(i), i + 1, region, values.get(i)));
          }
          files.add(new PartedFile(path, parts));
        });
    return new CandidateBatch(files, numbers);
  }

  /** Before the clone that begins with a text. */
  private static void insert(List<Part> parts, String before, List<Part> more) {
    for (int at = 0; at < parts.size(); at++) {
      if (parts.get(at).text().startsWith(before)) {
        parts.addAll(at, more);
        return;
      }
    }
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
      parts.add(new Part(-1, unit.text().substring(at, region.codeStart())));
      write(unit, region, here, proposals, parts);
      at = region.codeEnd();
    }
    parts.add(new Part(-1, unit.text().substring(at)));
    return new PartedFile(path, parts);
  }

  private static void write(
      Unit unit, Region region, List<Integer> here, List<Proposal> proposals, List<Part> parts) {
    String text = unit.text();
    List<Group> groups = region.kind() == Region.Kind.METHOD ? groups(here, proposals) : List.of();
    Set<Integer> shared = new HashSet<>();
    groups.forEach(g -> shared.addAll(g.members()));
    Map<Integer, String> variants = new LinkedHashMap<>();
    for (int i : here) {
      if (!shared.contains(i)) {
        List<Edit> edits =
            proposals.get(i).edits().stream().filter(e -> region.equals(unit.region(e))).toList();
        variants.put(i + 1, Edit.apply(text, region.codeStart(), region.codeEnd(), edits));
      }
    }
    String original = text.substring(region.codeStart(), region.codeEnd());
    write(region, original, variants, dispatched(region, groups), parts);
    groups.forEach(g -> write(unit, region, g, proposals, parts));
  }

  /** Candidates that share a copy of a method, which is named by the number of the first one. */
  private record Group(Host host, int name, List<Integer> members) {
    int owner() {
      return Part.SHARED + name;
    }
  }

  /** By host; as many as may stand in one chain. */
  private static List<Group> groups(List<Integer> here, List<Proposal> proposals) {
    Map<Host, List<Integer>> byHost = new LinkedHashMap<>();
    for (int i : here) {
      Host host = proposals.get(i).host();
      if (host != null) {
        byHost.computeIfAbsent(host, h -> new ArrayList<>()).add(i);
      }
    }
    List<Group> groups = new ArrayList<>();
    byHost.forEach(
        (host, members) -> {
          for (int from = 0; from < members.size(); from += CHAIN) {
            int to = Math.min(from + CHAIN, members.size());
            if (to - from > 1) {
              groups.add(new Group(host, members.get(from) + 1, members.subList(from, to)));
            }
          }
        });
    return groups;
  }

  private static List<Part> dispatched(Region region, List<Group> groups) {
    List<Part> cases = new ArrayList<>();
    for (Group group : groups) {
      for (int i : group.members()) {
        cases.add(
            new Part(
                i + 1,
                group.owner(),
                "case " + (i + 1) + ": " + call(region, group.name()) + "\n"));
      }
    }
    return cases;
  }

  private static void write(
      Unit unit, Region region, Group group, List<Proposal> proposals, List<Part> parts) {
    String text = unit.text();
    Host host = group.host();
    int owner = group.owner();
    String before =
        "\n" + head(region, group.name()) + text.substring(region.codeStart(), host.start());
    String original = text.substring(host.start(), host.end());
    boolean condition = host.kind() == Host.Kind.CONDITION;
    parts.add(new Part(owner, before + (condition ? "(" : "{ ")));
    for (int i : group.members()) {
      String code = Edit.apply(text, host.start(), host.end(), proposals.get(i).edits());
      String choice = CHOICE + " == " + (i + 1);
      parts.add(
          new Part(
              i + 1,
              owner,
              condition
                  ? choice + " ? (" + code + ") : "
                  : "if (" + choice + ") { " + code + " } else "));
    }
    String after = text.substring(host.end(), region.codeEnd()) + "\n";
    parts.add(
        new Part(owner, (condition ? "(" + original + "))" : "{ " + original + " } }\n") + after));
  }

  private static void write(
      Region region,
      String original,
      Map<Integer, String> variants,
      List<Part> cases,
      List<Part> parts) {
    switch (region.kind()) {
      case METHOD -> {
        parts.add(new Part(-1, "{ switch (" + CHOICE + ") {\n"));
        variants
            .keySet()
            .forEach(n -> parts.add(new Part(n, "case " + n + ": " + call(region, n) + "\n")));
        parts.addAll(cases);
        parts.add(
            new Part(-1, "default: " + call(region, 0) + "\n}}\n" + head(region, 0) + original));
        variants.forEach((n, code) -> parts.add(new Part(n, "\n" + head(region, n) + code)));
        parts.add(new Part(-1, "\n"));
      }
      case STATEMENTS, CLASS_STATEMENTS -> {
        variants.forEach(
            (n, code) ->
                parts.add(new Part(n, " if (" + CHOICE + " == " + n + ") {" + code + "\n} else ")));
        parts.add(new Part(-1, "{" + original + "\n}"));
      }
      case INITIALIZER, CLASS_INITIALIZER -> {
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
