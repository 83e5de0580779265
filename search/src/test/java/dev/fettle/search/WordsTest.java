package dev.fettle.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void conditionsAboutWhatStandsBesideThemAreNotStrange() {
    assertThat(Words.strangeness("name == null", "return name.trim();")).isZero();
    assertThat(Words.strangeness("count > 0", "return name.trim();")).isEqualTo(0.6);
    assertThat(Words.strangeness("count > name.length()", "return name.trim();")).isEqualTo(0.3);
  }

  @Test
  void constantsAreAskedAboutWhereverTheyAreKnown() {
    assertThat(Words.strangeness("b != CR", "if (b != LF) write(b);")).isZero();
  }

  @Test
  void countsWhatAConditionIsMadeOf() {
    assertThat(Words.leaves("b >> 4 > 0")).isEqualTo(3);
    assertThat(Words.leaves("a.b.c() != null")).isEqualTo(2);
  }
}
