package dev.fettle.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerTokenTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef0123456789abcdef";

  /** As the command line makes it, good until 2100. */
  private static final String LINK =
      "4102444800-00112233445566778899aabbccddeeff-"
          + "0db1eeccf7ce3bd75c117f842c834f4146b6a41083fb9739c9fb79dfc1c0becb";

  @TempDir Path data;

  @Test
  void isMadeOnceForItsOwnerOnly() throws IOException {
    OwnerToken.in(data, at("2030-01-01T00:00:00Z"));
    String made = Files.readString(data.resolve("owner.token"));

    OwnerToken again = OwnerToken.in(data, at("2030-01-01T00:00:00Z"));

    assertThat(made).matches("[0-9a-f]{48}");
    assertThat(again.shown(made)).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileThatOthersReadIsClosed() throws IOException {
    written(TOKEN);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

    OwnerToken.in(data, at("2030-01-01T00:00:00Z"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void aDamagedFileIsNamedAndOpensNothing() throws IOException {
    written("");

    assertThatThrownBy(() -> OwnerToken.in(data, at("2030-01-01T00:00:00Z")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("owner.token")
        .hasMessageContaining("delete it");
  }

  @Test
  void aLinkWorksOnce() throws IOException {
    written(TOKEN);
    OwnerToken token = OwnerToken.in(data, at("2030-01-01T00:00:00Z"));

    assertThat(token.open(LINK)).hasValueSatisfying(c -> assertThat(token.cookie(c)).isTrue());
    assertThat(token.open(LINK)).isEmpty();
  }

  @Test
  void anOldLinkDoesNotWork() throws IOException {
    written(TOKEN);

    assertThat(OwnerToken.in(data, at("2100-01-01T00:00:00Z")).open(LINK)).isEmpty();
  }

  @Test
  void aLinkOfAnotherServerDoesNotWork() throws IOException {
    written(TOKEN.replace('0', '1'));

    assertThat(OwnerToken.in(data, at("2030-01-01T00:00:00Z")).open(LINK)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4102444800",
        "4102444800-00112233445566778899aabbccddeeff-",
        "4102444801-00112233445566778899aabbccddeeff-"
            + "0db1eeccf7ce3bd75c117f842c834f4146b6a41083fb9739c9fb79dfc1c0becb",
        "../../owner.token"
      })
  void whatIsNoLinkOpensNothing(String text) throws IOException {
    written(TOKEN);

    assertThat(OwnerToken.in(data, at("2030-01-01T00:00:00Z")).open(text)).isEmpty();
  }

  private Path file() {
    return data.resolve("owner.token");
  }

  private void written(String token) throws IOException {
    Files.writeString(file(), token);
  }

  private static Clock at(String instant) {
    return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
  }
}
