package dev.fettle.lab;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * A file manager that reads class paths from disk and keeps what is written in memory. Given
 * classes hide those on disk. Confined to one compilation at a time.
 */
final class MemoryFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
  private final Map<String, ClassLoader> loaders = new HashMap<>();
  private final Map<String, ClassFile> written = new LinkedHashMap<>();
  private Map<String, byte[]> given = Map.of();

  MemoryFiles(StandardJavaFileManager files) {
    super(files);
  }

  void begin(Map<String, byte[]> givenClasses) {
    written.clear();
    given = Map.copyOf(givenClasses);
  }

  /** What the last compilation wrote, by binary name. */
  Map<String, byte[]> classes() {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    written.forEach((name, file) -> classes.put(name, file.bytes.toByteArray()));
    return classes;
  }

  @Override
  public boolean hasLocation(Location location) {
    return location == StandardLocation.CLASS_OUTPUT
        || location == StandardLocation.SOURCE_OUTPUT
        || super.hasLocation(location);
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    if (location == StandardLocation.CLASS_OUTPUT || location == StandardLocation.SOURCE_OUTPUT) {
      return List.of();
    }
    Iterable<JavaFileObject> onDisk = super.list(location, packageName, kinds, recurse);
    if (location != StandardLocation.CLASS_PATH
        || given.isEmpty()
        || !kinds.contains(JavaFileObject.Kind.CLASS)) {
      return onDisk;
    }
    List<JavaFileObject> all = new ArrayList<>();
    given.forEach(
        (name, bytes) -> {
          if (Application.packageOf(name).equals(packageName)) {
            all.add(new GivenClass(name, bytes));
          }
        });
    for (JavaFileObject file : onDisk) {
      String name = super.inferBinaryName(location, file);
      if (!given.containsKey(name)) {
        all.add(file);
      }
    }
    return all;
  }

  @Override
  public String inferBinaryName(Location location, JavaFileObject file) {
    return file instanceof GivenClass known ? known.name : super.inferBinaryName(location, file);
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    return (a instanceof SimpleJavaFileObject || b instanceof SimpleJavaFileObject)
        ? a.toUri().equals(b.toUri())
        : super.isSameFile(a, b);
  }

  @Override
  public boolean contains(Location location, FileObject file) throws IOException {
    return file instanceof SimpleJavaFileObject
        ? location == StandardLocation.CLASS_PATH
        : super.contains(location, file);
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
    ClassFile file = new ClassFile(className, kind);
    if (kind == JavaFileObject.Kind.CLASS) {
      written.put(className, file);
    }
    return file;
  }

  @Override
  public FileObject getFileForOutput(
      Location location, String packageName, String name, @Nullable FileObject sibling) {
    return new ClassFile(packageName + "." + name, JavaFileObject.Kind.OTHER);
  }

  @Override
  public FileObject getFileForInput(Location location, String packageName, String name)
      throws IOException {
    if (location == StandardLocation.CLASS_OUTPUT || location == StandardLocation.SOURCE_OUTPUT) {
      throw new NoSuchFileException(name);
    }
    return super.getFileForInput(location, packageName, name);
  }

  /**
   * One loader per processor path for the life of the child: javac would load Lombok anew for every
   * candidate, and close it if it could be closed.
   */
  @Override
  public @Nullable ClassLoader getClassLoader(Location location) {
    Iterable<? extends Path> paths = fileManager.getLocationAsPaths(location);
    if (paths == null) {
      return super.getClassLoader(location);
    }
    return loaders.computeIfAbsent(
        location.getName(), name -> new Unclosable(new URLClassLoader(urls(paths), new JdkOnly())));
  }

  private static URL[] urls(Iterable<? extends Path> paths) {
    List<URL> urls = new ArrayList<>();
    paths.forEach(p -> urls.add(Application.url(p)));
    return urls.toArray(URL[]::new);
  }

  private static final class Unclosable extends ClassLoader {
    Unclosable(ClassLoader parent) {
      super(parent);
    }
  }

  /** The JDK with its compiler, without the libraries under test that share the system loader. */
  private static final class JdkOnly extends ClassLoader {
    JdkOnly() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("com.sun.") || name.startsWith("jdk.")) {
        return ClassLoader.getSystemClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }

  /** A source under the path that it has in the project. */
  static final class SourceFile extends SimpleJavaFileObject {
    private final String path;
    private final String text;

    SourceFile(String path, String text) {
      super(URI.create("lab:///").resolve(encoded(path)), Kind.SOURCE);
      this.path = path;
      this.text = text;
    }

    private static String encoded(String path) {
      try {
        return new URI(null, null, "/" + path, null).getRawPath();
      } catch (java.net.URISyntaxException e) {
        throw new IllegalArgumentException(path, e);
      }
    }

    String path() {
      return path;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class GivenClass extends SimpleJavaFileObject {
    private final String name;
    private final byte[] bytes;

    GivenClass(String name, byte[] bytes) {
      super(URI.create("given:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
      this.name = name;
      this.bytes = bytes;
    }

    @Override
    public InputStream openInputStream() {
      return new ByteArrayInputStream(bytes);
    }
  }

  private static final class ClassFile extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ClassFile(String name, Kind kind) {
      super(
          URI.create("memory:///" + name.replace('.', '/').replace(' ', '_') + kind.extension),
          kind);
    }

    @Override
    public OutputStream openOutputStream() {
      bytes.reset();
      return bytes;
    }

    @Override
    public InputStream openInputStream() {
      return new ByteArrayInputStream(bytes.toByteArray());
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return bytes.toString(java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
