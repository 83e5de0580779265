package dev.fettle.templates.conventions;

import java.util.Set;

/**
 * What to do about a situation, in the words of the place that needs it.
 *
 * @param text an expression: what to throw, return or put instead; empty for {@code continue} and
 *     for a plain {@code return}
 * @param imports qualified names that the text needs
 * @param score in [0, 1]
 * @param because the precedent, for people: {@code as OrderService.cancel does at line 41}
 */
public record Answer(Kind kind, String text, Set<String> imports, double score, String because) {

  /** What is done. */
  public enum Kind {
    THROW,
    RETURN,
    CONTINUE,
    DEFAULT
  }

  public Answer {
    imports = Set.copyOf(imports);
    score = Math.max(0, Math.min(1, score));
  }

  /** The answer as a statement; not for defaults. */
  public String statement() {
    return switch (kind) {
      case THROW -> "throw " + text + ";";
      case RETURN -> text.isEmpty() ? "return;" : "return " + text + ";";
      case CONTINUE -> "continue;";
      case DEFAULT -> throw new IllegalStateException("a default is no statement: " + text);
    };
  }

  /** The default as what the method returns. */
  public Answer returned() {
    return new Answer(Kind.RETURN, text, imports, score, because);
  }
}
