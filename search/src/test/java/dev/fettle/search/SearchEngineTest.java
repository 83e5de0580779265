package dev.fettle.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchEngineTest {
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void newLinesLookLikeTheLinesAroundThem(String end) {
    String source = String.join(end, "class A {", "  int f(int a) {", "    return a;", "  }", "}");
    Unit unit = Unit.of(new OneFile("A.java", source).open());
    int at = source.indexOf("return");
    Proposal guard =
        new Proposal("A.java", List.of(new Edit(at, at, "if (a > 1) return 1;\n")), "test", 1);
    int close = at + "return a;".length();
    Proposal wrapped =
        new Proposal(
            "A.java",
            List.of(new Edit(at, at, "if (a > 1) {\n"), new Edit(close, close, "\n}")),
            "test",
            1);

    assertThat(SearchEngine.patch(unit, guard).apply("A.java", source))
        .contains("{" + end + "    if (a > 1) return 1;" + end + "    return a;" + end + "  }");
    assertThat(SearchEngine.patch(unit, wrapped).apply("A.java", source))
        .contains("    if (a > 1) {" + end + "        return a;" + end + "    }" + end + "  }");
  }
}
