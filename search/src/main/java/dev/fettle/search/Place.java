package dev.fettle.search;

import java.util.List;

/**
 * A place where a condition is asked, or could be put.
 *
 * @param form how the condition stands there
 * @param operator its name in the prior
 * @param span the code that the condition is about, or where it is put; its text is not used
 * @param code what the condition lets happen; empty unless it is a guard or a choice
 * @param cost how unlikely a repair at this place is
 */
record Place(Site site, Form form, String operator, Edit span, String code, double cost) {
  /** How a condition stands. */
  enum Form {
    /** It is asked already: {@code if (C)}. */
    CONDITION,
    /** In front of a statement: {@code if (P) return;}. */
    GUARD,
    /** Around a statement: {@code if (P) { S }}. */
    WRAP,
    /** Around an expression: {@code P ? E : other}. */
    CHOICE
  }

  /** The condition as it is; {@code false} or {@code true} where there is none. */
  String original() {
    return switch (form) {
      case CONDITION -> site.unit().text().substring(span.start(), span.end());
      case GUARD -> "false";
      case WRAP, CHOICE -> "true";
    };
  }

  /** The edits that make a condition the one of this place. */
  List<Edit> edits(String condition) {
    int start = span.start();
    int end = span.end();
    return switch (form) {
      case CONDITION -> List.of(new Edit(start, end, condition));
      case GUARD -> List.of(new Edit(start, start, "if (" + condition + ") " + code + "\n"));
      case WRAP ->
          List.of(new Edit(start, start, "if (" + condition + ") {\n"), new Edit(end, end, "\n}"));
      case CHOICE ->
          List.of(
              new Edit(
                  start,
                  end,
                  "("
                      + condition
                      + " ? "
                      + site.unit().text().substring(start, end)
                      + " : "
                      + code
                      + ")"));
    };
  }
}
