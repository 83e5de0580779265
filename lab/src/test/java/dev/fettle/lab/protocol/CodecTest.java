package dev.fettle.lab.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CodecTest {
  private static final Message.Finished FINISHED =
      new Message.Finished(
          "a.B",
          "c",
          "FAILED",
          Optional.of(
              new Message.Thrown(
                  "x.Y",
                  "gr\u00fc\u00dfe",
                  List.of(new Message.Frame("a.B", "c", "B.java", 7, true)),
                  List.of(new Message.Thrown("x.Z", "", List.of(), List.of())))));

  @Test
  void readsWhatItWrote() throws IOException {
    assertThat(Codec.decode(Codec.encode(FINISHED))).isEqualTo(FINISHED);
    Message.Run run = new Message.Run(List.of("a.B"), List.of(), List.of("a.C"), true, false);
    assertThat(Codec.decode(Codec.encode(run))).isEqualTo(run);
  }

  @Test
  void refusesEveryCutMessage() throws IOException {
    byte[] whole = Codec.encode(FINISHED);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Codec.decode(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void allocatesNothingForALengthThatLies() {
    byte[] lying = {1, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
    assertThatThrownBy(() -> Codec.decode(lying)).hasMessageContaining("a length of");
  }
}
