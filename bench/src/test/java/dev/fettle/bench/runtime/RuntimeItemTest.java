package dev.fettle.bench.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.bench.host.BenchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeItemTest {
  private static final String GOOD =
      "{\"id\":\"a\",\"source\":\"class P {}\\n// ==== HARNESS ====\\nclass Main {}\\n\","
          + "\"exception\":\"java.lang.Error\",\"expected_stdout\":\"1\","
          + "\"origin_id\":\"set-kind-3-two-sum-2\","
          + "\"extra_tests\":[{\"main_source\":\"class Main { }\",\"expected_stdout\":\"2\"}]}";

  @TempDir Path folder;

  private List<RuntimeItem> read(String text) throws IOException {
    return RuntimeItem.read(Files.writeString(folder.resolve("data.jsonl"), text));
  }

  @Test
  void groupsByTheProblemAtTheEndOfTheOrigin() throws IOException {
    assertThat(read(GOOD).get(0).problem()).isEqualTo("two-sum-2");
  }

  @Test
  void anExtraTestReplacesTheHarnessOnly() throws IOException {
    RuntimeItem item = read(GOOD).get(0);
    assertThat(item.with(item.extraTests().get(0)))
        .isEqualTo("class P {}\n// ==== HARNESS ====\nclass Main { }");
  }

  @Test
  void theHarnessLiesInThePackageOfTheProgram() throws IOException {
    String packaged = GOOD.replace("class P {}", "package com.shop;\\nclass P {}");
    assertThat(read(GOOD).get(0).mainClass()).isEqualTo("Main");
    assertThat(read(packaged).get(0).mainClass()).isEqualTo("com.shop.Main");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{|not JSON",
        "[]|expected a JSON object",
        "{\"id\":\"a\"}|expected a string \"source\"",
        "{\"id\":\"a\",\"source\":\"class Main {}\"}|lacks the line // ==== HARNESS ===="
      })
  void namesTheBadLineAndWhatWasExpected(String line, String message) {
    assertThatThrownBy(() -> read(GOOD + "\n\n" + line))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("line 3: ")
        .hasMessageContaining(message);
  }

  @Test
  void refusesTheSameItemTwice() {
    assertThatThrownBy(() -> read(GOOD + "\n" + GOOD)).hasMessageContaining("second item a");
  }

  @Test
  void refusesAnEmptyFile() {
    assertThatThrownBy(() -> read("\n")).hasMessageContaining("holds no item");
  }

  @Test
  void refusesAMissingFile() {
    assertThatThrownBy(() -> RuntimeItem.read(folder.resolve("none")))
        .hasMessageContaining("no such file");
  }
}
