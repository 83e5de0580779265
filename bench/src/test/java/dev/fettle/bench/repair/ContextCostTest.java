package dev.fettle.bench.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextCostTest {
  @TempDir Path folder;

  @Test
  void measuresWhatItWroteAndSaysWhetherTheGoalIsMet() {
    Map<String, Object> measured = new ContextCost(folder, 8_000).measure();

    assertThat((Long) measured.get("lines")).isBetween(8_000L, 8_500L);
    assertThat((Integer) measured.get("contextCharacters")).isGreaterThan(500);
    assertThat(measured)
        .containsEntry("firstWallMsGoal", 2000.0)
        .containsKeys("firstWallMsMet", "indexWallMs", "warmCpuMs");
  }
}
