package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.TestResult;
import dev.fettle.testkit.TinyProject;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles a draft against a project with the real javac and runs it in a class loader of its own.
 */
final class DraftRun {
  private static final ClassLoader LIBRARIES =
      new URLClassLoader(
          libraries().stream().map(DraftRun::url).toArray(URL[]::new),
          ClassLoader.getPlatformClassLoader());

  private DraftRun() {}

  /** The jars that a project of these tests may use: the test class path without this module. */
  static List<Path> libraries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(p -> p.endsWith(".jar") && !p.contains("fettle"))
        .map(Path::of)
        .toList();
  }

  /** What javac says against the draft; empty when it compiles. */
  static String errors(TestDraft draft, TinyProject project) {
    ProjectModel.Module module = project.model().modules().get(0);
    Path output = output(draft, module);
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter words = new StringWriter();
    List<Path> path = new ArrayList<>(List.of(module.mainOutput()));
    path.addAll(module.testClasspath());
    List<String> options =
        List.of(
            "-g",
            "-proc:none",
            "-d",
            output.toString(),
            "-cp",
            path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    JavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("string:///" + draft.path()), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return draft.text();
          }
        };
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      Files.createDirectories(output);
      boolean done = javac.getTask(words, files, null, options, null, List.of(source)).call();
      return done ? "" : words.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path output(TestDraft draft, ProjectModel.Module module) {
    return module.testOutput().resolveSibling("draft-" + draft.className());
  }

  /** Runs a compiled draft. */
  static TestResult run(TestDraft draft, TinyProject project) {
    ProjectModel.Module module = project.model().modules().get(0);
    URL[] path = {url(module.mainOutput()), url(output(draft, module))};
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(path, LIBRARIES)) {
      Thread.currentThread().setContextClassLoader(loader);
      Class<?> type = Class.forName(draft.className(), true, loader);
      Constructor<?> c = type.getDeclaredConstructor();
      c.setAccessible(true);
      Method m = type.getDeclaredMethod(draft.methods().get(0));
      m.setAccessible(true);
      m.invoke(c.newInstance());
      return new TestResult(
          draft.className(), m.getName(), TestResult.Status.PASSED, Optional.empty());
    } catch (InvocationTargetException e) {
      CapturedException thrown = project.captured(e.getTargetException());
      return new TestResult(
          draft.className(), draft.methods().get(0), TestResult.Status.FAILED, Optional.of(thrown));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
