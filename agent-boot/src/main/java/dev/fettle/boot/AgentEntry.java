package dev.fettle.boot;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** The way in. Whatever goes wrong here, the application starts as if there were no agent. */
public final class AgentEntry {
  private static final String CORE = "dev/fettle/boot/core.jar";
  private static final String START = "dev.fettle.agent.AgentStart";

  // JAVA_TOOL_OPTIONS and the command line may both name the agent
  private static final AtomicBoolean STARTED = new AtomicBoolean();

  private AgentEntry() {}

  /** Called by the JVM for {@code -javaagent}. */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    enter(arguments, instrumentation, false);
  }

  /** Called by the JVM when attached to a running process. */
  public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
    enter(arguments, instrumentation, true);
  }

  private static void enter(
      @Nullable String arguments, Instrumentation instrumentation, boolean attached) {
    try {
      if (!BuildTools.runHere() && !isDisabled()) {
        if (STARTED.compareAndSet(false, true)) {
          start(arguments, instrumentation, attached);
        } else {
          System.err.println("fettle: runs here already, not started again");
        }
      }
    } catch (Throwable firebreak) {
      boolean wrapped = firebreak instanceof InvocationTargetException;
      Throwable why = wrapped ? firebreak.getCause() : firebreak;
      System.err.println("fettle: not started, the application runs without it: " + why);
    }
  }

  private static boolean isDisabled() {
    String value = System.getProperty("fettle.agent.enabled");
    return "false".equalsIgnoreCase(value != null ? value : System.getenv("FETTLE_AGENT_ENABLED"));
  }

  private static void start(
      @Nullable String arguments, Instrumentation instrumentation, boolean attached)
      throws IOException, ReflectiveOperationException {
    File jar = ownJar();
    JarFile file = new JarFile(jar);
    // not closed: the JVM reads it for as long as it lives
    instrumentation.appendToBootstrapClassLoaderSearch(file);
    ClassLoader core;
    try (InputStream in = file.getInputStream(file.getJarEntry(CORE))) {
      core = new CoreLoader(in);
    }
    Class.forName(START, true, core)
        .getMethod("start", String.class, Instrumentation.class, boolean.class)
        .invoke(null, arguments, instrumentation, attached);
  }

  private static File ownJar() throws IOException {
    var source = AgentEntry.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IOException("loaded without a jar; was it attached before?");
    }
    // a URI decodes blanks and umlauts of the path
    return new File(java.net.URI.create(source.getLocation().toString()));
  }
}
