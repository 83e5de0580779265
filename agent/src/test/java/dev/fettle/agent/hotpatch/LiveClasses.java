package dev.fettle.agent.hotpatch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Classes that are really compiled and run in a loader of their own. */
final class LiveClasses {
  private static final Pattern NAME =
      Pattern.compile("(?s)package (\\w+);.*?(?:class|interface|enum|record) (\\w+)");

  private static final Set<ClassLoader> CURRENT = ConcurrentHashMap.newKeySet();

  private final Loader loader;

  private LiveClasses(Loader loader) {
    this.loader = loader;
    CURRENT.add(loader);
  }

  /** An instrumentation that sees only classes made after this call, not those of other tests. */
  static Instrumentation seenBy(Instrumentation real) {
    CURRENT.clear();
    return (Instrumentation)
        Proxy.newProxyInstance(
            LiveClasses.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(real, arguments);
                return method.getName().equals("getAllLoadedClasses")
                    ? Arrays.stream((Class<?>[]) result)
                        .filter(
                            c -> c.getClassLoader() != null && CURRENT.contains(c.getClassLoader()))
                        .toArray(Class<?>[]::new)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Compiles and makes loadable. */
  static LiveClasses of(String... sources) {
    return new LiveClasses(new Loader(compile(sources)));
  }

  /** The same with class files changed before they are loaded. */
  static LiveClasses of(Map<String, byte[]> files) {
    return new LiveClasses(new Loader(files));
  }

  Class<?> type(String name) {
    try {
      return Class.forName(name, true, loader);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** As when a jar is replaced: what is loaded stays. */
  void replaceFile(String name, byte[] file) {
    loader.files.put(name, file);
  }

  Object create(String name) {
    try {
      var constructor = type(name).getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Calls a static method. */
  Object call(String type, String method, Object... arguments) {
    return invoke(type(type), null, method, arguments);
  }

  /** Calls an instance method. */
  static Object on(Object receiver, String method, Object... arguments) {
    return invoke(receiver.getClass(), receiver, method, arguments);
  }

  private static Object invoke(Class<?> type, Object receiver, String name, Object... arguments) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      for (Method method : at.getDeclaredMethods()) {
        if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
          try {
            method.setAccessible(true);
            return method.invoke(receiver, arguments);
          } catch (InvocationTargetException e) {
            throw sneaky(e.getCause());
          } catch (IllegalAccessException e) {
            throw new AssertionError(e);
          }
        }
      }
    }
    throw new AssertionError("no method " + name);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException sneaky(Throwable t) throws T {
    throw (T) t;
  }

  /** Class files by binary name. */
  static Map<String, byte[]> compile(String... sources) {
    return compile(List.of("--release", "17", "-g", "-parameters"), sources);
  }

  static Map<String, byte[]> compile(List<String> options, String... sources) {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    List<JavaFileObject> units = new ArrayList<>();
    for (String source : sources) {
      units.add(new Source(source));
    }
    Map<String, ByteArrayOutputStream> out = new LinkedHashMap<>();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      JavaFileManager memory =
          new ForwardingJavaFileManager<>(files) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
              ByteArrayOutputStream bytes = new ByteArrayOutputStream();
              out.put(name, bytes);
              return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                  return bytes;
                }
              };
            }
          };
      if (!javac.getTask(null, memory, null, options, null, units).call()) {
        throw new AssertionError("does not compile");
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Map<String, byte[]> classes = new LinkedHashMap<>();
    out.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    return classes;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("mem:///" + path(text)), Kind.SOURCE);
      this.text = text;
    }

    private static String path(String text) {
      Matcher name = NAME.matcher(text);
      if (!name.find()) {
        throw new AssertionError("no package and type in: " + text);
      }
      return name.group(1) + "/" + name.group(2) + ".java";
    }

    @Override
    public CharSequence getCharContent(boolean ignore) {
      return text;
    }
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> files;

    Loader(Map<String, byte[]> files) {
      super(LiveClasses.class.getClassLoader());
      this.files = files;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] file = files.get(name);
      if (file == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, file, 0, file.length);
    }

    @Override
    public InputStream getResourceAsStream(String path) {
      byte[] file = files.get(path.replace('/', '.').replaceFirst("\\.class$", ""));
      return file == null ? super.getResourceAsStream(path) : new ByteArrayInputStream(file);
    }
  }
}
