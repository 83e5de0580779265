package dev.fettle.search;

import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.model.TrialBaseline;
import dev.fettle.contract.model.TrialTest;
import dev.fettle.contract.spi.CandidateBench;
import dev.fettle.contract.spi.CandidateLaboratory;
import dev.fettle.source.java.Focus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;

/**
 * Searches for source patches: enumerates small changes at suspicious places, the likeliest first,
 * judges them by the hundred, and ranks what passes. Thread-safe; a search keeps its thread.
 */
public final class SearchEngine {
  private final CandidateLaboratory laboratory;
  private final OperatorPrior prior;
  private final ToLongFunction<CandidateBench> clock;

  /**
   * @param clock what budgets count, in nanoseconds from any origin: wall time, or CPU time with
   *     that of the laboratory's children
   */
  public SearchEngine(
      CandidateLaboratory laboratory, OperatorPrior prior, ToLongFunction<CandidateBench> clock) {
    this.laboratory = laboratory;
    this.prior = prior;
    this.clock = clock;
  }

  /** Searches until the budget is spent, nothing is left or better patches are unlikely. */
  public SearchReport search(SearchTask task, SearchListener listener) {
    try (CandidateBench bench = laboratory.open(task.program())) {
      TrialBaseline baseline = bench.baseline();
      boolean fails = baseline.runs().stream().anyMatch(r -> r.end() != TrialBaseline.End.PASSED);
      if (!fails) {
        return SearchReport.nothing("all tests pass already");
      }
      Map<String, Unit> units = open(task);
      if (units.isEmpty()) {
        return SearchReport.nothing("no editable file could be read");
      }
      return new Search(task, bench, units, prior, clock, listener).run();
    } catch (CandidateBench.Unusable e) {
      return SearchReport.nothing(String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Unit> open(SearchTask task) {
    Map<String, Unit> units = new LinkedHashMap<>();
    boolean fresh =
        task.program().tests().stream().allMatch(t -> t instanceof TrialTest.MainOutput);
    task.program()
        .sources()
        .forEach(
            (path, text) ->
                task.project()
                    .file(path, text, Focus.everything())
                    .ifPresent(
                        file ->
                            units.put(path, fresh ? Unit.of(file) : Unit.sharingStatics(file))));
    return units;
  }

  /** The patch of a proposal: new lines get the line end and the indentation of their place. */
  static Patch patch(Unit unit, Proposal proposal) {
    List<Replacement> replacements = new ArrayList<>();
    for (Edit edit : proposal.edits()) {
      replacements.add(
          new Replacement(
              proposal.path(),
              edit.start(),
              edit.end(),
              unit.text().substring(edit.start(), edit.end()),
              indented(unit, edit)));
    }
    return new Patch(replacements);
  }

  /** Lines that were copied from elsewhere keep what they begin with. */
  private static String indented(Unit unit, Edit edit) {
    String indentation = unit.file().indentation(edit.start());
    String deeper =
        indentation.contains("\t")
            ? indentation + "\t"
            : indentation + (indentation.length() % 4 == 0 ? "    " : "  ");
    String end = unit.file().lineEnd();
    return edit.text()
        .replaceAll("(?<=\\{)\n(?=\\S|$)", Matcher.quoteReplacement(end + deeper))
        .replaceAll("(?<!\r)\n(?=\\S|$)", Matcher.quoteReplacement(end + indentation));
  }
}
