package dev.fettle.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.bench.host.BenchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadTest {
  @TempDir Path folder;

  private Workload read(String json) throws IOException {
    return Workload.read(Files.writeString(folder.resolve("requests.json"), json));
  }

  @Test
  void theBundledWorkloadReadsAndWrites() {
    assertThat(Workload.bundled().requests())
        .extracting(Workload.Call::method)
        .contains("GET", "POST");
  }

  @Test
  void bodiesThatAreNoStringsGoAsJson() throws IOException {
    Workload.Call call =
        read("{\"requests\":[{\"path\":\"/a\",\"body\":{\"b\":[1]}}]}").requests().get(0);
    assertThat(call.method()).isEqualTo("POST");
    assertThat(call.body()).isEqualTo("{\"b\":[1]}");
    assertThat(call.headers()).containsEntry("Content-Type", "application/json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nonsense | is not JSON",
        "{} | at least one request",
        "{\"requests\":[]} | at least one request",
        "{\"requests\":[{\"path\":\"a\"}]} | begins with /"
      })
  void refuses(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining(message);
  }
}
