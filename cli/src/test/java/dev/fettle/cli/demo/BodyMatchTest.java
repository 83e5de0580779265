package dev.fettle.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class BodyMatchTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1}                 | {"a":1,"b":2}
          {"a":{"b":1}}           | {"a":{"b":1,"c":2},"d":3}
          {"a":1}                 | {"a":1.0}
          {"a":null}              | {"a":null}
          [1,{"a":2}]             | [1,{"a":2,"b":3}]
          {}                      | {"a":1}
          "gone"                  | gone
          "gone"                  | "gone"
          "{\\"a\\":1}"           | {"a":1,"b":2}
          "12"                    | 12
          12                      | 12
          true                    | true
          """)
  void matches(String expected, String actual) {
    assertThat(BodyMatch.matches(JSON.readTree(expected), actual)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1}                 | {"a":2}
          {"a":1}                 | {"b":1}
          {"a":null}              | {}
          {"a":1}                 | {"a":"1"}
          [1,2]                   | [2,1]
          [1]                     | [1,2]
          []                      | {}
          {"a":1}                 | {"a":1} trailing
          {"a":1}                 | not JSON
          {"a":1}                 | ``
          "gone"                  | Gone
          "gone"                  | it is gone
          true                    | "true"
          1                       | 1e400
          """)
  void differs(String expected, String actual) {
    assertThat(BodyMatch.matches(JSON.readTree(expected), actual)).isFalse();
  }

  @Test
  void anythingMatchesNoExpectation() {
    assertThat(BodyMatch.matches(null, "whatever")).isTrue();
  }

  @Test
  void blanksAroundATextDoNotCount() {
    assertThat(BodyMatch.matches(JSON.readTree("\"gone\""), "gone\n")).isTrue();
  }
}
