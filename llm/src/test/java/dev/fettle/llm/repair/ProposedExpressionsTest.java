package dev.fettle.llm.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProposedExpressionsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> FILES =
      List.of(
          "class Cart { Customer customer; int[] lines; void stop() { System.exit(3); new Thread(); } }");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customer == null",
        "lines.length > 0 && lines[0] >= 3",
        "customer.equals(\"\")",
        "Math.max(lines.length - 1, 0)",
        "(customer != null ? 1 : 2)",
        "!(lines == null)"
      })
  void takesExpressionsOverWhatWasShown(String text) {
    assertThat(read(text).conditions()).containsExactly(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "System.exit(0)",
        "new Thread()",
        "customer = null",
        "lines.length++ > 0",
        "customer == null) { stop(); } if (true",
        "a ] == b[",
        "customer == null // and more",
        "customer == null /* */",
        "unknownHelper(customer)",
        "java.lang.Runtime.getRuntime()",
        "customer.getClass() == null",
        "() -> customer",
        "Cart::stop",
        "\"a\\u0022\" == null",
        "customer == null;",
        "customer\u202e == null",
        "@Cart lines"
      })
  void leavesOutWhatDoesMoreThanLook(String text) {
    assertThat(read(text).isEmpty()).isTrue();
  }

  @Test
  void takesSixOfEachAtMostAndEachOnce() {
    JsonNode answer =
        JSON.readTree(
            "{\"conditions\":[\"lines == null\",\"lines == null\"],"
                + "\"ingredients\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\"]}");
    ProposedExpressions read = ProposedExpressions.read(answer, FILES);
    assertThat(read.conditions()).containsExactly("lines == null");
    assertThat(read.ingredients()).containsExactly("1", "2", "3", "4", "5", "6");
  }

  @Test
  void leavesOutWhatIsTooLong() {
    assertThat(read("lines == null && ".repeat(12) + "lines == null").isEmpty()).isTrue();
  }

  private static ProposedExpressions read(String condition) {
    String answer =
        JSON.writeValueAsString(
            java.util.Map.of("conditions", List.of(condition), "ingredients", List.of()));
    return ProposedExpressions.read(JSON.readTree(answer), FILES);
  }
}
