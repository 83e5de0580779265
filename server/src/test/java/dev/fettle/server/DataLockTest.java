package dev.fettle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {
  @TempDir Path folder;

  @Test
  void oneServerAtATimeUsesADirectory() throws IOException {
    Path data = folder.resolve("new/data");
    try (DataLock first = DataLock.of(data, Duration.ZERO)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> DataLock.of(data, Duration.ZERO))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another server uses " + data);
    }
    DataLock.of(data, Duration.ZERO).close();
  }
}
