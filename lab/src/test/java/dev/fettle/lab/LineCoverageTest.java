package dev.fettle.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineCoverageTest {
  private final LineCoverage coverage = new LineCoverage();

  @Test
  void keepsClassesLoadableThatChooseBetweenArgumentsOfANewObject() throws Exception {
    Class<?> type = probed(Refusing.class);

    assertThatThrownBy(() -> type.getMethod("check", int.class).invoke(null, 3))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the number is odd and it should have been even");
  }

  @Test
  void countsAnInitializerForEveryTestThatEntersTheClass() throws Exception {
    Class<?> type = probed(Initialized.class);
    type.getMethod("first").invoke(null);
    List<Message.LinesOf> loading = coverage.take();
    type.getMethod("second").invoke(null);
    List<Message.LinesOf> later = coverage.take();

    assertThat(loading).hasSize(1);
    assertThat(later).hasSize(1);
    assertThat(later.get(0).lines()).hasSameSizeAs(loading.get(0).lines());
    assertThat(coverage.take()).isEmpty();
  }

  private Class<?> probed(Class<?> original) throws IOException, ReflectiveOperationException {
    String name = original.getName();
    byte[] bytes;
    try (InputStream in =
        original.getClassLoader().getResourceAsStream(name.replace('.', '/') + ".class")) {
      bytes = coverage.instrument(in.readAllBytes());
    }
    ClassLoader loader =
        new ClassLoader(original.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String wanted, boolean resolve)
              throws ClassNotFoundException {
            if (!wanted.equals(name)) {
              return super.loadClass(wanted, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known == null ? defineClass(name, bytes, 0, bytes.length) : known;
          }
        };
    return Class.forName(name, true, loader);
  }

  /** Its creation and the choice between the arguments lie on lines of their own. */
  public static final class Refusing {
    public static void check(int number) {
      throw new IllegalStateException(
          number % 2 == 0
              ? "the number is even and it should have been odd"
              : "the number is odd and it should have been even");
    }
  }

  /** One line of initializer, one line a method. */
  public static final class Initialized {
    static final List<String> NAMES = new java.util.ArrayList<>();

    public static void first() {
      NAMES.add("first");
    }

    public static void second() {
      NAMES.add("second");
    }
  }
}
