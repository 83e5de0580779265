package dev.fettle.source.check;

import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.source.java.JavaSources;
import java.util.List;

/** The steps of this room, cheapest first. */
public final class SourceSteps {
  private SourceSteps() {}

  public static List<ValidationStep> all(JavaSources sources) {
    Comparison.Shared shared = new Comparison.Shared(sources);
    return List.of(
        new Applies(),
        new Size(),
        new Parses(),
        new NoNewPowers(shared),
        new SwallowsNothing(shared),
        new NoConstantConditions(shared),
        new KeepsChecks(shared),
        new KeepsContracts(shared),
        new HardCodesNothing(shared),
        new Scope(sources));
  }
}
