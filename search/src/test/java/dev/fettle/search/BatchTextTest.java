package dev.fettle.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CandidateBatch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BatchTextTest {
  private static final String SOURCE =
      """
      class A {
        int[] store = null;
        final int size;
        A(int size) { this.size = size; }
        static <T extends Comparable<T>> T more(T a, T b) { return a.compareTo(b) > 0 ? a : b; }
        void none(int... all) { store = all; }
      }
      """;

  @Test
  void writesMethodsConstructorsAndInitializersSideBySide() {
    String text = text(Set.of(1, 2, 3, 4));

    assertThat(text).contains("case 1: return more$1(a, b);");
    assertThat(text).contains("private static <T extends Comparable<T>> T more$1(T a, T b)");
    assertThat(text).contains("case 2: none$2(all); return;");
    assertThat(text).contains("== 3 ? (new int[1]) : null;");
    assertThat(text).contains("== 4) { this.size = size + 1; ");
  }

  @Test
  void leavesNoTraceOfACandidateThatWasDropped() {
    assertThat(text(Set.of(1, 3, 4))).doesNotContain("$2");
  }

  private static String text(Set<Integer> live) {
    Unit unit = Unit.of(new OneFile("A.java", SOURCE).open());
    CandidateBatch batch =
        new BatchText(Map.of("A.java", unit))
            .of(
                List.of(
                    edit("> 0", "< 0"),
                    edit("store = all", "store = null"),
                    edit("null", "new int[1]"),
                    edit("= size;", "= size + 1;")));
    return batch.files().get(0).parts().stream()
        .filter(p -> p.owner() < 0 || live.contains(p.owner()))
        .map(CandidateBatch.Part::text)
        .collect(Collectors.joining());
  }

  private static Proposal edit(String old, String text) {
    int at = SOURCE.indexOf(old);
    return new Proposal("A.java", List.of(new Edit(at, at + old.length(), text)), "test", 1);
  }

  @Test
  void candidatesOfOnePlaceShareACopy() {
    int at = SOURCE.indexOf("a.compareTo(b) > 0");
    Host host = new Host(Host.Kind.CONDITION, at, at + "a.compareTo(b) > 0".length());
    List<Proposal> two =
        Stream.of("<", ">=")
            .map(o -> new Edit(SOURCE.indexOf("> 0"), SOURCE.indexOf("> 0") + 1, o))
            .map(e -> new Proposal("A.java", List.of(e), "test", 1, host))
            .toList();
    BatchText texts =
        new BatchText(Map.of("A.java", Unit.of(new OneFile("A.java", SOURCE).open())));

    String text =
        texts.of(two).files().get(0).parts().stream()
            .map(CandidateBatch.Part::text)
            .collect(Collectors.joining());

    assertThat(text).contains("case 2: return more$1(a, b);").doesNotContain("more$2");
    assertThat(text)
        .contains("== 1 ? (a.compareTo(b) < 0) : ", "== 2 ? (a.compareTo(b) >= 0) : ")
        .contains("(a.compareTo(b) > 0)) ? a : b;");
  }
}
