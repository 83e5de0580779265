package dev.fettle.bench.repair;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.contract.model.TrialTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The classical way: javac compiles program and test in memory, a fresh loader runs the test; warm,
 * in one JVM. Kinder to it than a test framework's launcher would be.
 */
final class JavacOneByOne {
  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

  /** CPU nanoseconds for one program that was compiled and run {@code times} times. */
  long cpuNanos(Item item, int times) {
    TrialTest.MainOutput test = item.visible().get(0);
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < times; i++) {
      if (!passes(item.source() + "\n// " + i, test)) {
        throw BenchFailure.broken("a program of the benchmark fails: " + item.id());
      }
    }
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
  }

  private boolean passes(String source, TrialTest.MainOutput test) {
    Map<String, ByteArrayOutputStream> classes = new HashMap<>();
    try (StandardJavaFileManager files =
            compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        JavaFileManager memory = memory(files, classes)) {
      boolean compiled =
          compiler
              .getTask(
                  Writer.nullWriter(),
                  memory,
                  d -> {},
                  List.of("-nowarn", "-proc:none"),
                  null,
                  List.of(text("Solution", source), text("Main", test.source())))
              .call();
      return compiled && test.expectedOutput().equals(printed(classes));
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String printed(Map<String, ByteArrayOutputStream> classes)
      throws ReflectiveOperationException {
    ClassLoader loader =
        new ClassLoader(JavacOneByOne.class.getClassLoader()) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            ByteArrayOutputStream bytes = classes.get(name);
            if (bytes == null) {
              throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes.toByteArray(), 0, bytes.size());
          }
        };
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      loader
          .loadClass("Main")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } catch (InvocationTargetException e) {
      return "";
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static JavaFileObject text(String name, String source) {
    return new SimpleJavaFileObject(
        URI.create("memory:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }

  private static JavaFileManager memory(
      StandardJavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
    return new ForwardingJavaFileManager<>(files) {
      @Override
      public JavaFileObject getJavaFileForOutput(
          Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        classes.put(className, bytes);
        return new SimpleJavaFileObject(URI.create("memory:///" + className + ".class"), kind) {
          @Override
          public OutputStream openOutputStream() {
            return bytes;
          }
        };
      }
    };
  }
}
