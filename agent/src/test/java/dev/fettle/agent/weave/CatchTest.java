package dev.fettle.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatchTest {
  @SuppressWarnings("unused")
  static final class Samples {
    int swallows(String s) {
      try {
        return Integer.parseInt(s);
      } catch (NumberFormatException e) {
        return s.isEmpty() ? 0 : -1;
      }
    }

    int wraps(String s) {
      try {
        return Integer.parseInt(s);
      } catch (RuntimeException e) {
        throw new IllegalStateException(e);
      }
    }

    int mayWrap(String s) {
      try {
        return Integer.parseInt(s);
      } catch (NumberFormatException e) {
        if (s.isEmpty()) {
          return 0;
        }
        throw e;
      }
    }

    int throwsAfterwards(String s) {
      int n = 0;
      try {
        n = Integer.parseInt(s);
      } catch (NumberFormatException e) {
        n = 3;
      }
      if (n == 3) {
        throw new IllegalStateException("later");
      }
      return n;
    }
  }

  private static Catch only(String method) throws IOException {
    try (InputStream in = CatchTest.class.getResourceAsStream("CatchTest$Samples.class")) {
      ClassFacts facts = ClassWeaver.weave(in.readAllBytes(), Map.of()).facts();
      List<Catch> found = facts.catches().get(method + "(Ljava/lang/String;)I");
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  @Test
  void knowsWhetherAClauseThrowsAgain() throws IOException {
    assertThat(only("swallows").rethrows()).isFalse();
    assertThat(only("wraps").rethrows()).isTrue();
    assertThat(only("mayWrap").rethrows()).isTrue();
    assertThat(only("throwsAfterwards").rethrows()).isFalse();
  }

  @Test
  void knowsWhatABroadClauseIs() throws IOException {
    assertThat(only("swallows").broad()).isFalse();
    assertThat(only("wraps").broad()).isTrue();
  }
}
