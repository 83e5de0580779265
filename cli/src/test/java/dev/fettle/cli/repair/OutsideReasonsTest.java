package dev.fettle.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.TestResult;
import dev.fettle.sandbox.ProjectTests;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutsideReasonsTest {
  @Test
  void whatTheJdkLacksIsNoFaultOfTheCode() {
    assertThat(reason("java.lang.NoClassDefFoundError", "java/util/jar/Pack200")).isPresent();
    assertThat(reason("java.lang.ClassNotFoundException", "javax.xml.bind.JAXB")).isPresent();
    assertThat(
            reason(
                "java.lang.IllegalAccessException",
                "module java.base does not \"opens java.lang\" to unnamed module"))
        .isPresent();
  }

  @Test
  void theCodesOwnInitializersAndClassesMayBeAtFault() {
    assertThat(reason("java.lang.NoClassDefFoundError", "Could not initialize class shop.Cart"))
        .isEmpty();
    assertThat(reason("java.lang.ClassNotFoundException", "shop.Crat")).isEmpty();
    assertThat(reason("java.lang.IllegalStateException", "no")).isEmpty();
  }

  @Test
  void missingFilesLeaveDoubts() {
    assertThat(OutsideReasons.doubtful(failed("java.io.FileNotFoundException", "a.txt"))).isTrue();
    assertThat(OutsideReasons.doubtful(failed("java.lang.AssertionError", "a.txt"))).isFalse();
  }

  private static Optional<String> reason(String type, String message) {
    return OutsideReasons.of(failed(type, message));
  }

  private static ProjectTests.OneTest failed(String type, String message) {
    CapturedException cause = new CapturedException(type, message, List.of(), null);
    CapturedException thrown =
        new CapturedException("java.lang.RuntimeException", null, List.of(), cause);
    return new ProjectTests.OneTest(
        new TestResult("shop.CartTest", "a", TestResult.Status.FAILED, Optional.of(thrown)),
        "direct",
        1,
        Map.of("shop.Cart", new int[] {1}));
  }
}
