package dev.fettle.agent.heal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

class EffectsTest {
  /** Looked at, never run. */
  @SuppressWarnings({"InfiniteRecursion", "unused"})
  static final class Calls {
    static void visit() {
      children();
      System.out.println("written");
    }

    static void children() {
      visit();
    }

    static void first() {
      second();
      third();
    }

    static void second() {
      first();
    }

    static void third() {
      second();
      fourth();
    }

    static void fourth() {
      System.out.println("written");
    }

    static boolean isEven(int n) {
      return n == 0 || isOdd(n - 1);
    }

    static boolean isOdd(int n) {
      return n != 0 && isEven(n - 1);
    }
  }

  private final KeptClasses kept = new KeptClasses();
  private final Effects effects = new Effects(EffectsTest.class.getClassLoader(), kept);

  @BeforeEach
  void keep() throws IOException {
    try (InputStream in = EffectsTest.class.getResourceAsStream("EffectsTest$Calls.class")) {
      kept.keep(EffectsTest.class.getClassLoader(), Calls.class.getName(), in.readAllBytes());
    }
  }

  @Test
  void aMethodThatItsCallerReachesThroughItselfDoesWhatTheCallerDoes() {
    assertThat(of("visit", "()V")).isEqualTo(Effects.Level.OUTSIDE);
    assertThat(of("children", "()V")).isEqualTo(Effects.Level.OUTSIDE);
  }

  @Test
  void cyclesWithinCyclesAreSettledTogether() {
    assertThat(of("first", "()V")).isEqualTo(Effects.Level.OUTSIDE);
    assertThat(of("second", "()V")).isEqualTo(Effects.Level.OUTSIDE);
    assertThat(of("third", "()V")).isEqualTo(Effects.Level.OUTSIDE);
  }

  @Test
  void aCycleThatChangesNothingIsPure() {
    assertThat(of("isEven", "(I)Z")).isEqualTo(Effects.Level.NONE);
    assertThat(of("isOdd", "(I)Z")).isEqualTo(Effects.Level.NONE);
  }

  private Effects.Level of(String method, String descriptor) {
    return effects.of(
        new MethodInsnNode(
            Opcodes.INVOKESTATIC, Type.getInternalName(Calls.class), method, descriptor, false));
  }
}
