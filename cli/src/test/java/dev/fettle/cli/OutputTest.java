package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputTest {

  @Test
  void controlCharactersAreShownAsReplacements() {
    assertThat(Output.printable("a\u001b[31mb\u0000c\u009bd\re"))
        .isEqualTo("a\uFFFD[31mb\uFFFDc\uFFFDd\uFFFDe");
  }

  @Test
  void lineBreaksAndTabsStay() {
    assertThat(Output.printable("a\n\tb")).isEqualTo("a\n\tb");
  }

  @Test
  void charactersThatReorderOrHideTextAreLeftOut() {
    assertThat(Output.printable("user\u202Egpj.exe\u200B\u2066")).isEqualTo("usergpj.exe");
  }

  @Test
  void separatorsThatSomeTerminalsBreakLinesAtAreReplaced() {
    assertThat(Output.printable("a\u2028b\u2029c\u0085d")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd");
  }

  @Test
  void halfASurrogatePairIsReplaced() {
    assertThat(Output.printable("a\uD83Db")).isEqualTo("a\uFFFDb");
  }

  @Test
  void lettersOfAllScriptsAndEmojiStay() {
    assertThat(Output.printable("Größe 日本 🛠")).isEqualTo("Größe 日本 🛠");
  }

  @Test
  void aLineHasNoBreaks() {
    assertThat(Output.line(" a\n\n b\t c ")).isEqualTo("a b c");
  }

  @Test
  void columnsAlignAndNoLineEndsInBlanks() {
    StringWriter text = new StringWriter();
    Output.table(
        new PrintWriter(text), List.of(List.of("ID", "WHAT"), List.of("inc-1", ""), List.of("x")));
    assertThat(text.toString().lines()).containsExactly("ID     WHAT", "inc-1", "x");
  }
}
