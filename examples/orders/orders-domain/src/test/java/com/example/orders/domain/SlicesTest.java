package com.example.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlicesTest {

  private final List<String> letters = List.of("a", "b", "c", "d", "e");

  @Test
  void takesTheElementsBetweenTheIndexes() {
    assertThat(Slices.slice(letters, 1, 3)).containsExactly("b", "c");
  }

  @Test
  void isShorterAtTheEnd() {
    assertThat(Slices.slice(letters, 4, 9)).containsExactly("e");
  }

  @Test
  void isEmptyBehindTheEnd() {
    assertThat(Slices.slice(letters, 5, 7)).isEmpty();
  }
}
