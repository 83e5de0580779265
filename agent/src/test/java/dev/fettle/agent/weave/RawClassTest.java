package dev.fettle.agent.weave;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RawClassTest {
  private final RawClass file = new RawClass("xLdev/fettle/annotations/Skill;".getBytes(UTF_8));

  @Test
  void findsATextWhereverItStands() {
    assertThat(file.holds("xLdev")).isTrue();
    assertThat(file.holds("Ldev/fettle/annotations/")).isTrue();
    assertThat(file.holds("Skill;")).isTrue();
  }

  @Test
  void doesNotFindWhatIsNotThere() {
    assertThat(file.holds("Skills")).isFalse();
    assertThat(file.holds("Skill;.")).isFalse();
    assertThat(new RawClass(new byte[0]).holds("a")).isFalse();
  }
}
