package dev.fettle.source.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A repair does not begin to end processes, look at its callers, load code, reach files, network,
 * threads or the environment. What a file does already it may go on doing, but for the worst.
 */
final class NoNewPowers extends Comparison {
  /** Never more than before. */
  private static final Set<String> WORST =
      Set.of(
          "System.exit",
          "System.*",
          "Runtime",
          ".halt",
          ".exec",
          "ProcessBuilder",
          "Class.forName",
          "Class.*",
          ".setAccessible",
          ".getDeclaredField",
          ".getDeclaredMethod",
          ".getDeclaredConstructor",
          ".getDeclaredFields",
          ".getDeclaredMethods",
          ".invoke",
          "Unsafe",
          "MethodHandles",
          ".defineClass",
          "ClassLoader",
          ".getClassLoader",
          ".getContextClassLoader",
          "URLClassLoader",
          ".getStackTrace",
          "StackWalker",
          ".addShutdownHook",
          "System.load",
          "System.loadLibrary",
          "System.setProperty",
          "System.setOut",
          "System.setErr",
          "System.setIn",
          "System.setSecurityManager",
          "ScriptEngineManager",
          "ObjectInputStream",
          "XMLDecoder",
          "InitialContext",
          "JNDI",
          ".setDefaultUncaughtExceptionHandler",
          ".stop",
          ".suspend",
          "Assume",
          "Assumptions",
          "Assertions",
          "Assert",
          "Mockito",
          "SecurityManager",
          "ThreadGroup",
          "Signal",
          "Instrumentation",
          "LockSupport",
          "@Disabled",
          "@Ignore",
          "@SuppressWarnings",
          "@SneakyThrows");

  /** Only where the file did the like before. */
  private static final List<Set<String>> LIKE =
      List.of(
          Set.of(
              "File",
              "Files",
              "Paths",
              "Path",
              "FileWriter",
              "FileReader",
              "FileOutputStream",
              "FileInputStream",
              "RandomAccessFile",
              "FileChannel",
              "PrintWriter",
              "PrintStream"),
          Set.of(
              "Socket",
              "ServerSocket",
              "DatagramSocket",
              "URL",
              "HttpClient",
              "HttpURLConnection",
              "InetAddress",
              "InetSocketAddress",
              "SocketChannel",
              "RestTemplate",
              "WebClient",
              "URLConnection"),
          Set.of(
              "Thread",
              "Executors",
              "ExecutorService",
              "ForkJoinPool",
              "Timer",
              "CompletableFuture",
              ".parallelStream",
              ".parallel",
              "TimerTask"),
          Set.of("System.getenv", "System.getProperty", "System.getProperties"),
          Set.of("System.in", "Console", "Scanner"),
          Set.of("Locale.setDefault", "Locale.*", "TimeZone.setDefault", "TimeZone.*"));

  private static final Pattern INSIDES =
      Pattern.compile(
          "(java\\.(net|nio\\.(file|channels)|lang\\.(reflect|invoke|instrument|management)|rmi|sql"
              + "|util\\.concurrent|io\\.(File|Random|Object|Print).*)|javax\\.(script|naming|management)"
              + "|sun|jdk\\.internal|com\\.sun|org\\.junit|junit\\.framework|org\\.testng|org\\.mockito"
              + "|org\\.assertj|org\\.apache\\.maven)(\\..*)?");

  /** Values in packages of power: a date that a row holds opens nothing. */
  private static final Pattern VALUES =
      Pattern.compile("java\\.sql\\.(Date|Time|Timestamp|SQLException)|java\\.net\\.URI");

  NoNewPowers(Shared shared) {
    super(shared, "no new powers", 6);
  }

  @Override
  Optional<String> objection(Pair pair, Read read) {
    Map<String, Integer> before = pair.before().names;
    Map<String, Integer> after = pair.after().names;
    for (String name : after.keySet()) {
      if (Traits.more(after, before, name) <= 0) {
        continue;
      }
      boolean inside =
          INSIDES.matcher(name).matches()
              && !VALUES.matcher(name).matches()
              && !before.containsKey(name);
      if (WORST.contains(name) || inside || newKind(name, before)) {
        return Optional.of("begins to use " + name.replaceFirst("^\\.", ""));
      }
    }
    return Optional.empty();
  }

  private static boolean newKind(String name, Map<String, Integer> before) {
    for (Set<String> kind : LIKE) {
      if (kind.contains(name)) {
        return kind.stream().noneMatch(before::containsKey);
      }
    }
    return false;
  }

  @Override
  String fact() {
    return "uses nothing that it did not use before";
  }
}
