package dev.fettle.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseModuleTest {
  private static final String PRICE = "shop.Prices#of(I)I";
  private static final String START = "shop.Prices#<init>()V";

  private final BaseModule base =
      BaseModule.of(
          List.of(),
          List.of(),
          List.of(
              new Message.ClassDone("PlainTest", 1, false, List.of(PRICE), List.of()),
              new Message.ClassDone("FirstApiTest", 1, true, List.of(START), List.of(START)),
              new Message.ClassDone("SecondApiTest", 1, true, List.of(), List.of()),
              new Message.ClassDone("ThirdApiTest", 1, true, List.of(PRICE), List.of())));

  @Test
  void whatEntersAMethodNoticesItsChange() {
    assertThat(base.noticing(Set.of(PRICE))).containsExactly("PlainTest", "ThirdApiTest");
  }

  @Test
  void whatUsesAContextNoticesWhatStartedIt() {
    assertThat(base.noticing(Set.of(START)))
        .containsExactly("FirstApiTest", "SecondApiTest", "ThirdApiTest");
  }

  @Test
  void knowsTheSameAfterItWasSaved(@TempDir Path directory) throws IOException {
    base.save(directory.resolve("base.txt"));
    assertThat(BaseModule.load(directory.resolve("base.txt"))).isEqualTo(base);
  }
}
