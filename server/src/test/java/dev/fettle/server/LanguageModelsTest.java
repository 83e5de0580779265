package dev.fettle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.contract.spi.Healer;
import dev.fettle.llm.settings.SettingsException;
import dev.fettle.store.SqlStore;
import dev.fettle.testkit.TinyProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageModelsTest {
  @TempDir Path folder;

  @Test
  void aRepositoryMaySayThatNoModelHealsItsCode() throws IOException {
    assertThat(asked("llm: {provider: none}")).isEmpty();
  }

  @Test
  void aRepositoryWhoseWordsCannotBeReadIsNotAskedAbout() throws IOException {
    assertThat(asked("llm: {values: maybe}")).isEmpty();
  }

  @Test
  void aRepositoryThatSaysNothingLeavesTheOwnersModel() throws IOException {
    assertThat(asked("version: 1")).extracting(Healer::name).containsExactly("llm");
  }

  @Test
  void aFileThatWasNamedMustBeThere() {
    Path absent = folder.resolve("no-such.yml");

    assertThatThrownBy(() -> models(absent).close())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(absent.toString());
  }

  private List<Healer> asked(String repository) throws IOException {
    Path file = folder.resolve("config.yml");
    Files.writeString(file, "llm: {provider: exchange, folder: " + folder.resolve("x") + "}\n");
    TinyProject project = TinyProject.in(folder).write(".fettle.yml", repository + "\n");
    try (Opened opened = models(file)) {
      return opened.models.healers((request, snippet) -> Optional.empty()).of(project.tree());
    }
  }

  private Opened models(Path file) {
    ServerSettings settings =
        new ServerSettings(
            folder.resolve("data"), null, null, null, null, null, null, file, null, null);
    SqlStore store = SqlStore.open(folder.resolve("fettle.db"), Clock.systemUTC());
    try {
      return new Opened(store, LanguageModels.open(settings, store, Clock.systemUTC()));
    } catch (SettingsException e) {
      store.close();
      throw e;
    }
  }

  private record Opened(SqlStore store, LanguageModels models) implements AutoCloseable {
    @Override
    public void close() {
      store.close();
    }
  }
}
