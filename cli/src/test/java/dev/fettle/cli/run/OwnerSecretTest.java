package dev.fettle.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OwnerSecretTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef0123456789abcdef";
  private static final URI SERVER = URI.create("http://127.0.0.1:7411");

  @Test
  void makesTheLinkThatServersOpen() {
    URI link =
        new OwnerSecret(TOKEN)
            .link(SERVER, Instant.ofEpochSecond(4102444800L), "00112233445566778899aabbccddeeff");

    assertThat(link)
        .hasToString(
            "http://127.0.0.1:7411/owner/4102444800-00112233445566778899aabbccddeeff-"
                + "0db1eeccf7ce3bd75c117f842c834f4146b6a41083fb9739c9fb79dfc1c0becb");
  }

  @Test
  void noTwoLinksAreEqual() {
    OwnerSecret owner = new OwnerSecret(TOKEN);
    Instant expiry = Instant.ofEpochSecond(4102444800L);

    assertThat(owner.link(SERVER, expiry)).isNotEqualTo(owner.link(SERVER, expiry));
  }

  @Test
  void isNeverPrinted() {
    assertThat(new OwnerSecret(TOKEN)).asString().doesNotContain("0123456789");
  }

  @Test
  void saysWhatATokenLooksLike() {
    assertThatThrownBy(() -> new OwnerSecret("secret"))
        .isInstanceOfSatisfying(
            CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("48 hexadecimal digits");
  }
}
