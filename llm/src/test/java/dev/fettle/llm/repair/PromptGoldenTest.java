package dev.fettle.llm.repair;

import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.talk.GoldenQuestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole question, letter by letter. Regenerate with {@code -Dgolden.update}, then read it. */
class PromptGoldenTest {
  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource(LlmSettings.Values.class)
  void theQuestionIsTheGoldenOne(LlmSettings.Values values) throws IOException {
    Shop shop = Shop.in(dir, Map.of()).with(LlmSettings.exchanging(dir, true).telling(values));
    ModelGenerator.Beginning first =
        shop.generator(Scripted.saying(""), ModelGenerator.Listener.none())
            .first(shop.repairCase());

    GoldenQuestion.check(
        ((ModelGenerator.Beginning.Asked) first).question(),
        "repair-1-" + values.name().toLowerCase(Locale.ROOT));
  }
}
