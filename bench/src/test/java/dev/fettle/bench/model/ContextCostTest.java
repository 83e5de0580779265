package dev.fettle.bench.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.llm.context.CaseReader;
import dev.fettle.llm.context.PastCases;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.source.java.JavaSources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextCostTest {
  @TempDir Path folder;

  @Test
  void measuresWhatItWrote() {
    Map<String, Object> measured = new ContextCost(folder, 8_000).measure();

    assertThat((Long) measured.get("lines")).isBetween(7_500L, 8_500L);
    assertThat(measured).containsEntry("files", 40).containsKeys("firstWallMs", "warmCpuMs");
  }

  @Test
  void theFailureLiesInTheCodeThatWasWritten() throws IOException {
    LargeProject project = new LargeProject(folder, 8_000);
    var brief =
        new CaseReader(new JavaSources(), PastCases::none, LlmSettings.none())
            .read(project.failure());

    assertThat(brief.parts().get("source"))
        .contains("return sum - coupon.length();")
        .contains("<error>");
  }
}
