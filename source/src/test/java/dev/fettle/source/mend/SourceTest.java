package dev.fettle.source.mend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceTest {
  @Test
  void codeIsReadWithoutLiteralsHoweverLongTheyAre() {
    String literal = "\"" + "a\\\"b".repeat(20_000) + "\"";
    Source source = Source.of("p/P.java", "package p; class P { String s = " + literal + "; }");
    assertThat(source.code()).isEqualTo("package p; class P { String s = \"\"; }");
  }
}
