package dev.fettle.bench.repair;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizedTest {
  private final Normalized normalized = new Normalized();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "if (a < b) { x++; } | if (b > a) x += 1; // why",
        "if (a >= b[i]) c(); | if (b[i] <= a) { c(); }",
        "{ ++i; } | { i = i + 1; }",
        "f(1 + n) | f(n + 1)",
        "new HashMap<String, List<Integer>>() | new java.util.HashMap<>()",
        "if (s.length() == 0) return; | if (s.isEmpty()) { return; }",
        "this.a == b | b == a"
      })
  void findsWhatIsWrittenInAnotherWay(String one, String other) {
    assertThat(normalized.same(one, other))
        .as("%s and %s", normalized.of(one), normalized.of(other))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "if (a < b) x++; | if (a <= b) x++;",
        "f(1 - n) | f(n - 1)",
        "if (a > b) c(); | if (a < b) c();",
        "if (a) { x(); y(); } | if (a) x(); y();"
      })
  void keepsApartWhatIsDifferent(String one, String other) {
    assertThat(normalized.same(one, other)).isFalse();
  }

  @Test
  void nothingIsTheSameAsAMissingReference() {
    assertThat(normalized.same("", "")).isFalse();
  }
}
