package dev.fettle.agent.heal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Chooser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Methods that can only be left: the call of a handler gives their result. */
class LeavingTest {
  @TempDir Path directory;

  private HealedProgram program(Chooser chooser, String type) throws Exception {
    String members =
        "static "
            + type
            + "[] none = {}; static Object f() { return g(none, 3); }\n"
            + "static "
            + type
            + " g("
            + type
            + "[] a, int i) { return a[i]; }";
    return HealedProgram.of(directory, chooser, members);
  }

  @ParameterizedTest
  @CsvSource({
    "boolean,1,true",
    "byte,7,7",
    "short,7,7",
    "char,65,A",
    "int,7,7",
    "long,7,7",
    "float,7,7.0",
    "double,7,7.0"
  })
  void itsResultHasAnyPrimitiveType(String type, int given, String result) throws Throwable {
    Object value = type.equals("boolean") ? (Object) true : type.equals("char") ? 'A' : given;
    try (HealedProgram program = program(Treatments.giveBack(value), type)) {
      assertThat(program.call("f")).hasToString(result);
      assertThat(program.heals()).isEqualTo(1);
    }
  }

  @Test
  void itsResultIsAnObjectOrNull() throws Throwable {
    try (HealedProgram program = program(Treatments.giveBack("other"), "String")) {
      assertThat(program.call("f")).isEqualTo("other");
    }
    try (HealedProgram program = program(Treatments.giveBack(null), "int[]")) {
      assertThat(program.call("f")).isNull();
    }
  }

  @Test
  void itMayGiveNothing() throws Throwable {
    String members =
        "static int n; static int f() { g(null); return n; }\n"
            + "static void g(int[] a) { n++; a[0] = 1; }";
    try (HealedProgram program = HealedProgram.of(directory, Treatments.giveBack(null), members)) {
      assertThat(program.call("f")).isEqualTo(1);
      assertThat(program.heals()).isEqualTo(1);
    }
  }

  @Test
  void whatIsNotHealedGoesOnAsTheSameInstance() throws Throwable {
    String members =
        "static RuntimeException kept = new IllegalStateException(); static Object kept() { return kept; }\n"
            + "static int f() { return g(1); } static int g(int n) { return h(n); }\n"
            + "static int h(int n) { if (n > 0) { throw kept; } return n; }";
    try (HealedProgram program = HealedProgram.of(directory, failure -> null, members)) {
      Throwable thrown = catchThrowable(() -> program.call("f"));
      assertThat(thrown).isSameAs(program.call("kept"));
      assertThat(program.heals()).isZero();
    }
  }

  @Test
  void anotherThrowableMayGoOnInstead() throws Throwable {
    UnsupportedOperationException other = new UnsupportedOperationException("instead");
    try (HealedProgram program =
        program(Treatments.always(failure -> new Action.Throw(other)), "int")) {
      assertThat(catchThrowable(() -> program.call("f"))).isSameAs(other);
    }
  }

  @Test
  void anErrorThatGoesOnInsteadIsNotTakenForOurOwn() throws Throwable {
    AssertionError other = new AssertionError("instead");
    try (HealedProgram program =
        program(Treatments.always(failure -> new Action.Throw(other)), "long")) {
      assertThat(catchThrowable(() -> program.call("f"))).isSameAs(other);
    }
  }
}
