package dev.fettle.testkit;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.spi.SourceTree;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A one-module project in a directory: sources are written, really compiled with debug information,
 * described as a {@link ProjectModel}, and its code can be run for a genuine exception. Confined to
 * one thread.
 *
 * <pre>{@code
 * TinyProject shop = TinyProject.in(dir).source("package shop; class Cart { ... }").compile();
 * CapturedException npe = shop.failure("shop.Cart", "main");
 * Incident incident = shop.incident(npe);
 * }</pre>
 */
public final class TinyProject {
  private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");
  private static final Pattern TYPE =
      Pattern.compile(
          "(?m)(?:^|;\\s*)(?:(?:public|final|abstract|sealed|non-sealed|strictfp)\\s+)*"
              + "(?:class|interface|enum|record|@interface)\\s+(\\w+)");

  private final Path root;
  private final List<Path> libraries = new ArrayList<>();
  private @Nullable ClassLoader loader;

  private TinyProject(Path root) {
    this.root = root;
  }

  /** An empty project; {@code root} is created where missing. */
  public static TinyProject in(Path root) {
    return new TinyProject(root);
  }

  /** Adds a main source; package and name are read from the text. */
  public TinyProject source(String text) {
    return write("src/main/java/" + pathOf(text), text);
  }

  /** Adds a test source. */
  public TinyProject test(String text) {
    return write("src/test/java/" + pathOf(text), text);
  }

  /** Adds any file. */
  public TinyProject write(String path, String text) {
    try {
      Path file = tree().root().resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a jar or directory to the class path of main and test. */
  public TinyProject library(Path jarOrDirectory) {
    libraries.add(jarOrDirectory);
    return this;
  }

  /** Adds the jar or directory that {@code type} was loaded from. */
  public TinyProject libraryOf(Class<?> type) {
    return library(Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()));
  }

  /** Compiles main and test sources; fails with the compiler's words. */
  public TinyProject compile(String... options) {
    ProjectModel.Module module = model().modules().get(0);
    javac(module.mainSources().get(0), module.mainOutput(), libraries, options);
    List<Path> testPath = new ArrayList<>(libraries);
    testPath.add(0, module.mainOutput());
    javac(module.testSources().get(0), module.testOutput(), testPath, options);
    loader = null;
    return this;
  }

  /** The sources, and nothing built. */
  public SourceTree tree() {
    return DirectoryTree.of(root.resolve("tree"));
  }

  /** The model: sources and outputs of the only module, which lies in the root. */
  public ProjectModel model() {
    Path built = root.resolve("tree");
    Path out = root.resolve("out");
    List<Path> testPath = new ArrayList<>(libraries);
    ProjectModel.Module module =
        new ProjectModel.Module(
            "tiny",
            "",
            List.of(built.resolve("src/main/java")),
            List.of(built.resolve("src/test/java")),
            out.resolve("classes"),
            out.resolve("test-classes"),
            libraries,
            testPath,
            List.of(),
            17,
            List.of(),
            ProjectModel.TestSettings.defaults());
    return new ProjectModel(
        built,
        ProjectModel.BuildTool.PLAIN,
        Path.of(System.getProperty("java.home")),
        List.of(module));
  }

  /** Loads from the outputs and libraries; parent is the platform, so that nothing leaks in. */
  public ClassLoader loader() {
    if (loader == null) {
      ProjectModel.Module module = model().modules().get(0);
      List<Path> path = new ArrayList<>(List.of(module.mainOutput(), module.testOutput()));
      path.addAll(libraries);
      loader =
          new URLClassLoader(
              path.stream().map(TinyProject::url).toArray(URL[]::new),
              ClassLoader.getPlatformClassLoader());
    }
    return loader;
  }

  /**
   * Runs {@code className.method(arguments)}, on a new object where it is not static.
   *
   * @return what it threw, as an agent would report it but without values
   * @throws AssertionError when it throws nothing
   */
  public CapturedException failure(String className, String method, Object... arguments) {
    Throwable thrown = thrown(className, method, arguments);
    return captured(thrown);
  }

  /** Like {@link #failure} but the throwable itself. */
  public Throwable thrown(String className, String method, Object... arguments) {
    try {
      Class<?> type = Class.forName(className, true, loader());
      Method m =
          Arrays.stream(type.getDeclaredMethods())
              .filter(x -> x.getName().equals(method))
              .filter(x -> x.getParameterCount() == arguments.length)
              .findFirst()
              .orElseThrow(() -> new AssertionError("no " + className + "." + method));
      m.setAccessible(true);
      Object receiver = null;
      if (!java.lang.reflect.Modifier.isStatic(m.getModifiers())) {
        Constructor<?> c = type.getDeclaredConstructor();
        c.setAccessible(true);
        receiver = c.newInstance();
      }
      m.invoke(receiver, arguments);
    } catch (InvocationTargetException e) {
      return java.util.Objects.requireNonNull(e.getTargetException());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot run " + className + "." + method, e);
    }
    throw new AssertionError(className + "." + method + " threw nothing");
  }

  /** The trace of a throwable; frames of this project's classes are the application's. */
  public CapturedException captured(Throwable t) {
    Throwable cause = t.getCause();
    List<CapturedFrame> frames =
        Stream.of(t.getStackTrace())
            .takeWhile(f -> !f.getClassName().equals(TinyProject.class.getName()))
            .filter(f -> !f.getClassName().startsWith("java.lang.reflect."))
            .filter(f -> !f.getClassName().startsWith("jdk.internal.reflect."))
            .map(this::frame)
            .limit(500)
            .toList();
    return new CapturedException(
        t.getClass().getName(),
        t.getMessage(),
        frames,
        cause == null || cause == t ? null : captured(cause));
  }

  private CapturedFrame frame(StackTraceElement f) {
    boolean application = isCompiled(f.getClassName());
    return new CapturedFrame(
        f.getClassName(),
        f.getMethodName(),
        application ? descriptor(f.getClassName(), f.getMethodName()) : "",
        f.getFileName(),
        f.getLineNumber(),
        application,
        null,
        List.of());
  }

  /** The exception with values in the frame at {@code index}. */
  public static CapturedException withValues(
      CapturedException e,
      int index,
      dev.fettle.contract.model.@Nullable CapturedValue receiver,
      dev.fettle.contract.model.Variable... locals) {
    List<CapturedFrame> frames = new ArrayList<>(e.frames());
    CapturedFrame f = frames.get(index);
    frames.set(
        index,
        new CapturedFrame(
            f.className(),
            f.method(),
            f.descriptor(),
            f.file(),
            f.line(),
            f.application(),
            receiver,
            List.of(locals)));
    return new CapturedException(e.type(), e.message(), frames, e.cause());
  }

  /** An incident of one signal. */
  public Incident incident(CapturedException e) {
    Instant at = Instant.parse("2026-01-31T10:15:30Z");
    Signal signal =
        new Signal(
            "signal-1",
            Signal.Kind.ERROR,
            new Origin("tiny", "tiny-1", null, null, "17", "agent"),
            TrustTier.AUTHENTICATED,
            at,
            "main",
            e,
            null,
            "nothing catches it",
            1);
    return new Incident(
        new IncidentId("inc-0123456789"),
        new Fingerprint(List.of("00ff"), "test-1"),
        e.type(),
        at,
        at,
        1,
        signal);
  }

  private boolean isCompiled(String className) {
    String file = className.replace('.', '/') + ".class";
    ProjectModel.Module module = model().modules().get(0);
    return Files.exists(module.mainOutput().resolve(file))
        || Files.exists(module.testOutput().resolve(file));
  }

  /** The descriptor where the name is unique in its class, else empty. */
  private String descriptor(String className, String method) {
    try {
      Class<?> type = Class.forName(className, false, loader());
      List<String> found =
          method.equals("<init>")
              ? all(
                  Arrays.asList(type.getDeclaredConstructors()),
                  c -> true,
                  c -> MethodType.methodType(void.class, c.getParameterTypes()))
              : all(
                  Arrays.asList(type.getDeclaredMethods()),
                  m -> m.getName().equals(method),
                  m -> MethodType.methodType(m.getReturnType(), m.getParameterTypes()));
      return found.size() == 1 ? found.get(0) : "";
    } catch (ClassNotFoundException e) {
      return "";
    }
  }

  private static <T> List<String> all(
      Collection<T> members,
      Predicate<T> wanted,
      java.util.function.Function<T, MethodType> descriptor) {
    return members.stream()
        .filter(wanted)
        .map(descriptor)
        .map(MethodType::toMethodDescriptorString)
        .toList();
  }

  private static String pathOf(String text) {
    Matcher type = TYPE.matcher(text);
    if (!type.find()) {
      throw new IllegalArgumentException("no type in: " + text);
    }
    Matcher pkg = PACKAGE.matcher(text);
    String prefix = pkg.find() ? pkg.group(1).replace('.', '/') + "/" : "";
    return prefix + type.group(1) + ".java";
  }

  private static void javac(Path sources, Path output, List<Path> path, String... options) {
    try {
      Files.createDirectories(output);
      if (!Files.isDirectory(sources)) {
        return;
      }
      JavaCompiler javac =
          Optional.ofNullable(ToolProvider.getSystemJavaCompiler())
              .orElseThrow(() -> new AssertionError("needs a JDK"));
      List<Path> files;
      try (Stream<Path> all = Files.walk(sources)) {
        files = all.filter(f -> f.toString().endsWith(".java")).toList();
      }
      StringWriter words = new StringWriter();
      List<String> arguments = new ArrayList<>(List.of("-g", "-parameters", "-nowarn", "-d"));
      arguments.add(output.toString());
      arguments.add("-cp");
      arguments.add(String.join(File.pathSeparator, path.stream().map(Path::toString).toList()));
      arguments.addAll(List.of(options));
      try (StandardJavaFileManager files1 = javac.getStandardFileManager(null, null, null)) {
        boolean done =
            javac
                .getTask(
                    words, files1, null, arguments, null, files1.getJavaFileObjectsFromPaths(files))
                .call();
        if (!done) {
          throw new AssertionError("does not compile:\n" + words);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("no URL: " + path, e);
    }
  }
}
