package dev.fettle.bench.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CapturedException;
import org.junit.jupiter.api.Test;

class ModelHealingTest {
  private static final String ERRORS =
      """
      fettle: observing
      Exception in thread "main" java.lang.StringIndexOutOfBoundsException: String index out of range: 7
      \tat java.base/java.lang.StringLatin1.charAt(StringLatin1.java:48)
      \tat Solution.winnerOfGame(Main.java:20)
      \tat Main.main(Main.java:38)
      """;

  @Test
  void readsWhatTheRunShowedAndLeavesTheHarnessOut() {
    CapturedException seen = ModelHealing.thrown(ERRORS).orElseThrow();

    assertThat(seen.type()).isEqualTo("java.lang.StringIndexOutOfBoundsException");
    assertThat(seen.message()).isEqualTo("String index out of range: 7");
    assertThat(seen.applicationFrames())
        .singleElement()
        .satisfies(f -> assertThat(f.display()).isEqualTo("Solution.winnerOfGame(Main.java:20)"));
  }

  @Test
  void aRunThatThrewNothingShowsNothing() {
    assertThat(ModelHealing.thrown("fettle: observing\n")).isEmpty();
  }
}
