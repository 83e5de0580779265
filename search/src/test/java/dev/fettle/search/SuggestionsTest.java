package dev.fettle.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
  private static final String SOURCE =
      "class A {\n  int m(int a, String s) {\n    a += s.length();\n    return a;\n  }\n"
          + "  static boolean odd(String s) { return s == null; }\n}\n";

  @Test
  void completesASuggestedConditionToGuards() {
    List<String> found = proposals(List.of("A.odd(s)"), List.of());

    assertThat(found)
        .contains("if(A.odd(s))return0;a+=s.length();", "if(!A.odd(s)){a+=s.length();}");
  }

  @Test
  void putsASuggestedExpressionInThePlaceOfAnother() {
    List<String> found = proposals(List.of(), List.of("s == null ? 0 : s.length()"));

    assertThat(found).contains("a+=(s==null?0:s.length());");
  }

  @Test
  void namesWhatUsedASuggestion() {
    CandidateQueue queue = opened();
    queue.suggest(List.of("A.odd(s)"), List.of("s == null ? 0 : s.length()"));
    List<Proposal> using = new ArrayList<>();
    for (Proposal p = queue.next(); p != null; p = queue.next()) {
      if (p.edits().stream().anyMatch(e -> e.text().contains("A.odd(s)"))) {
        using.add(p);
      }
    }

    assertThat(using).isNotEmpty();
    assertThat(using).allMatch(p -> p.operator().endsWith(Draft.SUGGESTED));
  }

  @Test
  void handsOverWhatWasGivenOnce() {
    Suggestions given = Suggestions.of(List.of(new Suggestion.Condition("a > 1")));

    assertThat(given.more(false)).isTrue();
    assertThat(given.taken()).containsExactly(new Suggestion.Condition("a > 1"));
    assertThat(given.more(false)).isFalse();
    assertThat(given.taken()).isEmpty();
  }

  private static CandidateQueue opened() {
    CandidateQueue queue = new CandidateQueue(OperatorPrior.bundled());
    queue.open(Unit.of(new OneFile("A.java", SOURCE).open()), Suspicion.given(List.of()));
    return queue;
  }

  /** What stands in the place of the method's first statement, white space left out. */
  private static List<String> proposals(List<String> conditions, List<String> ingredients) {
    CandidateQueue queue = opened();
    queue.suggest(conditions, ingredients);
    List<String> found = new ArrayList<>();
    for (Proposal p = queue.next(); p != null; p = queue.next()) {
      String text = Edit.apply(SOURCE, 0, SOURCE.length(), p.edits()).replaceAll("\\s+", "");
      int from = text.indexOf("Strings){") + "Strings){".length();
      int to = text.indexOf("returna;");
      found.add(to < from ? "" : text.substring(from, to));
    }
    return found;
  }
}
