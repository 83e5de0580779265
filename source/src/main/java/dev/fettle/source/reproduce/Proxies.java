package dev.fettle.source.reproduce;

import java.util.regex.Pattern;

/** Names of classes that were generated at run time around an application's own. */
final class Proxies {
  private static final Pattern GENERATED =
      Pattern.compile(
          "(\\$\\$.*|\\$HibernateProxy\\$.*|\\$ByteBuddy\\$.*|\\$MockitoMock\\$.*|_\\$\\$_.*)$");

  private Proxies() {}

  static boolean isProxy(String binaryName) {
    return binaryName.contains("$Proxy")
        || binaryName.contains("/0x")
        || GENERATED.matcher(binaryName).find();
  }

  /** The class behind a subclass proxy; the name itself otherwise. */
  static String target(String binaryName) {
    return GENERATED.matcher(binaryName).replaceFirst("");
  }
}
