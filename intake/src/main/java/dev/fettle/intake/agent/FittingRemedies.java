package dev.fettle.intake.agent;

import dev.fettle.wire.HealMessage;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Built-in remedies that fit a failure, as an agent found.
 *
 * @param line of the failing frame; 0 when unknown
 * @param exception binary class name
 * @param remedies names in the agent's order; what is no name of a remedy by its form is left out
 */
public record FittingRemedies(
    String className,
    String method,
    String descriptor,
    int line,
    String exception,
    Set<String> remedies) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{1,39}");

  static FittingRemedies of(HealMessage.RemediesFit told) {
    Set<String> names = new LinkedHashSet<>();
    told.remedies().stream().filter(n -> NAME.matcher(n).matches()).forEach(names::add);
    return new FittingRemedies(
        told.className(), told.method(), told.descriptor(), told.line(), told.exception(), names);
  }
}
