package dev.fettle.cli.repair;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.sandbox.ProjectTests;
import java.util.Optional;
import java.util.Set;

/** Tells failures that no change of the code can repair: a service, a machine, a JDK. */
final class OutsideReasons {
  private static final Set<String> OF_THE_MACHINE =
      Set.of(
          "java.net.ConnectException",
          "java.net.UnknownHostException",
          "java.net.NoRouteToHostException",
          "java.net.SocketTimeoutException",
          "java.net.http.HttpConnectTimeoutException",
          "java.nio.channels.UnresolvedAddressException",
          "java.lang.reflect.InaccessibleObjectException",
          "java.lang.UnsupportedClassVersionError",
          "java.lang.UnsatisfiedLinkError",
          "java.awt.HeadlessException");

  /** The type of a failure that took the laboratory's JVM along, and with it the lines that ran. */
  private static final String JVM_ENDED = "dev.fettle.lab.JvmEnded";

  private OutsideReasons() {}

  /** Why, in words; empty when the code may be at fault. */
  static Optional<String> of(ProjectTests.OneTest test) {
    for (CapturedException e = test.result().failure().orElse(null); e != null; e = e.cause()) {
      if (OF_THE_MACHINE.contains(e.type()) && !thrownByTheProject(e)) {
        return Optional.of(e.type());
      }
      if (e.type().startsWith("org.testcontainers.")
          || e.type().startsWith("com.github.dockerjava.")) {
        return Optional.of("it wants Docker");
      }
    }
    boolean ranNothing = test.lines().isEmpty();
    boolean nobodyKnows =
        test.result().method().equals("<class>")
            || test.result().failure().map(f -> f.type().equals(JVM_ENDED)).orElse(false);
    return ranNothing && !nobodyKnows
        ? Optional.of("it runs no code of the project's main sources")
        : Optional.empty();
  }

  private static boolean thrownByTheProject(CapturedException e) {
    return e.frames().stream().findFirst().map(CapturedFrame::application).orElse(false);
  }
}
