package dev.fettle.cli.repair;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.sandbox.ProjectTests;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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

  /** A class or member that what is installed here lacks. */
  private static final Set<String> LACKING =
      Set.of(
          "java.lang.NoClassDefFoundError",
          "java.lang.NoSuchMethodError",
          "java.lang.NoSuchFieldError",
          "java.lang.IllegalAccessError",
          "java.lang.IncompatibleClassChangeError");

  private static final Pattern OF_THE_JDK =
      Pattern.compile("(java|javax|jdk|sun|com[./]sun)[./].*", Pattern.DOTALL);

  /** Of those in which the machine is at fault more often than the code. */
  private static final Set<String> DOUBTFUL =
      Set.of(
          "java.io.FileNotFoundException",
          "java.nio.file.NoSuchFileException",
          "java.nio.file.AccessDeniedException",
          "java.net.MalformedURLException",
          "java.util.MissingResourceException",
          "java.util.ServiceConfigurationError",
          "java.lang.ClassNotFoundException",
          "java.security.AccessControlException");

  private OutsideReasons() {}

  /**
   * Whether a test fails for a reason that lies in the code rather seldom: a file that is not
   * there, a service that is not registered.
   */
  static boolean doubtful(ProjectTests.OneTest test) {
    for (CapturedException e = test.result().failure().orElse(null); e != null; e = e.cause()) {
      if (DOUBTFUL.contains(e.type())) {
        return true;
      }
    }
    return false;
  }

  private static boolean ofTheJdk(CapturedException e) {
    String message = String.valueOf(e.message());
    if (message.contains("does not \"opens ") || message.contains("does not \"exports ")) {
      return true;
    }
    boolean missing =
        e.type().equals("java.lang.ClassNotFoundException")
            && OF_THE_JDK.matcher(message).matches();
    return missing || LACKING.contains(e.type()) && !message.contains("initialize class");
  }

  /** Why, in words; empty when the code may be at fault. */
  static Optional<String> of(ProjectTests.OneTest test) {
    for (CapturedException e = test.result().failure().orElse(null); e != null; e = e.cause()) {
      if (OF_THE_MACHINE.contains(e.type()) && !thrownByTheProject(e)) {
        return Optional.of(e.type());
      }
      if (ofTheJdk(e)) {
        return Optional.of(e.type() + ": what is installed here lacks what it wants");
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
