package dev.fettle.agent.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.wire.Value;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
  private final Redactor redactor = new Redactor(new Tokens(1, 2));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "AKIAIOSFODNN7EXAMPLE",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
        "jdbc:postgresql://app:hunter2@db/shop",
        "Authorization: Bearer abcdef123",
        "eve@example.com",
        "4111 1111 1111 1111",
        "DE89 3704 0044 0532 0130 00",
        "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY9"
      })
  void withholdsSecretsByTheirForm(String secret) {
    assertThat(redactor.text("java.lang.String", secret)).isInstanceOf(Value.Redacted.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.acme.billing.InvoiceRepositoryImpl",
        "2026-01-31T10:15:30Z",
        "f47ac10b-58cc-4372-a567-0e02b2c3d479",
        "SKU-100200300",
        "order 12 of 34",
        "/api/customers/9002/orders",
        "https://example.com/a:b/c@d",
        "aVeryLongCamelCaseIdentifierOfSomeMethod",
        "12.5"
      })
  void leavesInnocentTextsAlone(String text) {
    assertThat(redactor.text("java.lang.String", text))
        .isEqualTo(new Value.Text("java.lang.String", text, text.length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"password", "dbPassword", "API_KEY", "accessToken", "X-Auth-Token", "cvv", "pwd"})
  void knowsSecretNames(String name) {
    assertThat(redactor.secretName(name)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "key", "passenger", "spinner", "order", "authorName", "amount"})
  void knowsInnocentNames(String name) {
    assertThat(redactor.secretName(name)).isNull();
  }

  @Test
  void equalSecretsHaveEqualTokensAndOthersDoNot() {
    Tokens other = new Tokens(3, 4);
    Tokens tokens = new Tokens(1, 2);
    assertThat(tokens.of("a")).isEqualTo(new Tokens(1, 2).of("a")).isNotEqualTo(tokens.of("b"));
    assertThat(tokens.of("a")).isNotEqualTo(other.of("a"));
  }

  @Test
  void hashesAsThePublishedVectorOfSipHashSays() {
    byte[] message = new byte[15];
    for (int i = 0; i < message.length; i++) {
      message[i] = (byte) i;
    }
    Tokens tokens = new Tokens(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
    assertThat(tokens.hash(message)).isEqualTo(0xa129ca6149be45e5L);
  }

  @Test
  void masksSecretsWithinMessages() {
    assertThat(redactor.message("login of eve@example.com failed, password=s3cret; try 2"))
        .doesNotContain("eve@example.com")
        .doesNotContain("s3cret")
        .contains("login of")
        .contains("try 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "login failed pwd=hunter2",
        "login failed, pin: hunter2",
        "refused (card.cvv=hunter2)",
        "PWD = 'hunter2 and more'",
        "{\"token\": \"hunter2\", \"page\": 2}",
        "GET https://shop/cart?page=2&token=hunter2&x=1 failed",
        "Authorization: Basic hunter2",
        "jdbc:sqlserver://db;user=app;password=hunter2",
        "user[password]=hunter2",
        "pin=hunter2:12"
      })
  void masksWhatStandsBesideASecretName(String message) {
    String long130 = "Could not open the connection that was configured for the shop. ".repeat(3);
    assertThat(redactor.message(message)).doesNotContain("hunter2").contains("[redacted");
    assertThat(redactor.message(long130 + message)).startsWith(long130).doesNotContain("hunter2");
    assertThat(redactor.text("java.lang.String", message)).isInstanceOf(Value.Redacted.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cannot invoke \"a.B.costFor(int)\" because \"rate\" is null",
        "expected: 3, but was: 4",
        "no such key: spinner=blue",
        "password=null",
        "Unexpected token: }",
        "Could not close the session; at 12:30"
      })
  void leavesHelpfulMessagesAlone(String message) {
    assertThat(redactor.message(message)).isEqualTo(message);
  }

  @Test
  void masksSecretParametersOfQueries() {
    assertThat(redactor.query("page=2&token=abc&mail=eve%40example.com"))
        .isEqualTo("page=2&token=[redacted]&mail=[redacted]");
  }

  @Test
  void masksSecretParametersWhateverStandsBeforeThem() {
    assertThat(redactor.query("a=1&".repeat(150) + "token=abc&pin=12"))
        .endsWith("&token=[redacted]&pin=[redacted]");
    assertThat(redactor.path("/a".repeat(150) + "/eve@example.com/cart;jsessionid=12"))
        .endsWith("/[redacted]/[redacted]");
  }

  @Test
  void sendsOnlySelectedHeaders() {
    assertThat(
            redactor.headers(Map.of("Accept", "x", "Cookie", "s=1", "Authorization", "Basic abc")))
        .containsExactly(Map.entry("accept", "x"));
  }

  @Test
  void scansHostileTextsInLinearTime() {
    String hostile = "a@".repeat(5_000) + "://:@".repeat(1_000) + "1 ".repeat(2_000);
    assertThat(redactor.message(hostile).getBytes(StandardCharsets.UTF_8).length)
        .isLessThan(300_000);
  }
}
