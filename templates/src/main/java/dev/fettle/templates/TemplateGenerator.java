package dev.fettle.templates;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.PatchGenerator;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.JavaSources;
import dev.fettle.source.java.ParsedFile;
import dev.fettle.templates.code.Declarations;
import dev.fettle.templates.code.Unit;
import dev.fettle.templates.conventions.Conventions;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.TemplateInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Proposes the built-in repairs for a diagnosed failure, best first: those that follow what the
 * code base does in the same situation come before those that it has no precedent for. Keeps what
 * it mined of the last revisions; thread-safe.
 */
public final class TemplateGenerator implements PatchGenerator {
  private static final int MOST_CANDIDATES = 25;
  private static final int MOST_MINED_FILES = 1500;

  private static final int KEPT = 2;

  private final JavaSources sources;
  private final List<RepairTemplate> templates;
  private final Map<JavaProject, Mined> mined =
      new LinkedHashMap<>(4, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JavaProject, Mined> eldest) {
          return size() > KEPT;
        }
      };

  /** What a revision's sources declare, and what they do about trouble. Parsed only, so at rest. */
  private record Mined(Declarations declarations, Conventions conventions) {}

  public TemplateGenerator(JavaSources sources) {
    this(sources, Catalog.all());
  }

  TemplateGenerator(JavaSources sources, List<RepairTemplate> templates) {
    this.sources = sources;
    this.templates = List.copyOf(templates);
  }

  @Override
  public String name() {
    return "templates";
  }

  @Override
  public Stream<Candidate> candidates(RepairCase repairCase) {
    FaultClass fault = repairCase.diagnosis().faultClass();
    List<RepairTemplate> able =
        templates.stream().filter(t -> t.handles().contains(fault)).toList();
    if (able.isEmpty() || !repairCase.diagnosis().repairable()) {
      return Stream.empty();
    }
    // the stream stays lazy: nothing is read before the first candidate is asked for
    return Stream.of(repairCase).flatMap(c -> ranked(c, able));
  }

  private Stream<Candidate> ranked(RepairCase repairCase, List<RepairTemplate> able) {
    JavaProject project = sources.project(repairCase.tree(), repairCase.project());
    Mined known = mined(project);
    TemplateInput input =
        new TemplateInput(repairCase, project, known.declarations(), known.conventions());
    List<Candidate> all = new ArrayList<>();
    able.forEach(t -> propose(t, input, all));
    all.sort(
        Comparator.comparingDouble(Candidate::score)
            .reversed()
            .thenComparingInt(c -> size(c.patch())));
    Set<List<String>> seen = new HashSet<>();
    return all.stream()
        .filter(c -> seen.add(results(c.patch(), input)))
        .limit(MOST_CANDIDATES)
        .toList()
        .stream();
  }

  /** Reads a revision's sources now, so that the first failure does not wait for it. */
  public void warm(SourceTree tree, ProjectModel model) {
    mined(sources.project(tree, model));
  }

  private Mined mined(JavaProject project) {
    synchronized (mined) {
      Mined known = mined.get(project);
      if (known == null) {
        Declarations declarations = Declarations.of(units(project));
        known = new Mined(declarations, Conventions.of(declarations));
        mined.put(project, known);
      }
      return known;
    }
  }

  /** Firebreak: a template that fails ends itself only. */
  private static void propose(RepairTemplate t, TemplateInput input, List<Candidate> all) {
    try {
      List<Proposal> proposals = t.propose(input).toList();
      proposals.forEach(
          p ->
              all.add(new Candidate(p.patch(), "templates/" + t.name(), p.rationale(), p.score())));
    } catch (RuntimeException | StackOverflowError e) {
      System.getLogger(TemplateGenerator.class.getName())
          .log(System.Logger.Level.WARNING, "template " + t.name() + " failed", e);
    }
  }

  private static List<Unit> units(JavaProject project) {
    List<Unit> units = new ArrayList<>();
    for (String path : project.index().mainFiles().stream().limit(MOST_MINED_FILES).toList()) {
      ParsedFile.of(project, path).map(TemplateGenerator::unit).ifPresent(units::add);
    }
    return units;
  }

  private static Unit unit(ParsedFile f) {
    return new Unit(
        f.path(),
        f.text(),
        f.unit(),
        t -> (int) f.positions().getStartPosition(f.unit(), t),
        t -> (int) f.positions().getEndPosition(f.unit(), t),
        p -> java.util.Optional.empty());
  }

  private static int size(Patch patch) {
    return patch.replacements().stream()
        .mapToInt(r -> r.text().length() + r.expected().length())
        .sum();
  }

  /** The files after the patch: two ways to say the same edit are one candidate. */
  private static List<String> results(Patch patch, TemplateInput input) {
    return patch.paths().stream()
        .map(p -> input.file(p).map(f -> patch.apply(p, f.text())).orElse(p))
        .toList();
  }
}
