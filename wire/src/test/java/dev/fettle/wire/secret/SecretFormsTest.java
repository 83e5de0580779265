package dev.fettle.wire.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFormsTest {
  @ParameterizedTest
  @ValueSource(strings = {"password", "X-Api-Key", "db_PASSWORD", "pin", "mysql_pwd", "JSESSIONID"})
  void knowsNamesWhateverTheirCaseAndPunctuation(String name) {
    assertThat(SecretForms.isSecretName(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "spinner", "passenger", "price", "keyboard", "authority"})
  void leavesOrdinaryNamesAlone(String name) {
    assertThat(SecretForms.isSecretName(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ghp_x", "AKIAX", "lin_api_1", "ya29.x"})
  void knowsHowSecretsBegin(String text) {
    assertThat(SecretForms.beginsAt("= " + text, 2)).isTrue();
    assertThat(SecretForms.beginsAt("= " + text, 0)).isFalse();
  }
}
