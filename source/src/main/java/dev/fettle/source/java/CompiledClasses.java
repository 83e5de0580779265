package dev.fettle.source.java;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.ForwardingJavaFileObject;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * A class path whose jars stay open between compilations. Guarded by itself: the platform's file
 * manager is not thread-safe, and compilations of several threads share this one. Finds class files
 * only, never sources.
 */
final class CompiledClasses extends ForwardingJavaFileManager<StandardJavaFileManager> {
  private static final ClassLoader NOTHING = new ClassLoader(null) {};

  private final List<Path> path;
  private final Map<Listing, List<JavaFileObject>> listings = new ConcurrentHashMap<>();

  /** What javac asks for again in every compilation. Built outputs and jars do not change. */
  private record Listing(Location location, String packageName, boolean recurse) {}

  /** A class file that knows its name and, once read, its bytes. */
  private static final class ClassFile extends ForwardingJavaFileObject<JavaFileObject> {
    private final String name;
    private SoftReference<byte[]> bytes = new SoftReference<>(null);

    ClassFile(JavaFileObject file, String name) {
      super(file);
      this.name = name;
    }

    @Override
    public synchronized InputStream openInputStream() throws IOException {
      byte[] read = bytes.get();
      if (read == null) {
        try (InputStream in = super.openInputStream()) {
          read = in.readAllBytes();
        }
        bytes = new SoftReference<>(read);
      }
      return new ByteArrayInputStream(read);
    }
  }

  CompiledClasses(List<Path> path) {
    super(compiler().getStandardFileManager(d -> {}, Locale.ROOT, StandardCharsets.UTF_8));
    this.path = List.copyOf(path);
    try {
      fileManager.setLocationFromPaths(StandardLocation.CLASS_PATH, path);
      fileManager.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JavaCompiler compiler() {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("Fettle needs a JDK to read sources, this is a JRE");
    }
    return compiler;
  }

  /** The bytes of a class from the directories of the path; libraries are not asked. */
  Optional<byte[]> own(String binaryName) {
    String file = binaryName.replace('.', '/') + ".class";
    for (Path p : path) {
      Path c = p.resolve(file);
      if (Files.isDirectory(p) && Files.isRegularFile(c)) {
        try {
          return Optional.of(Files.readAllBytes(c));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    if (!kinds.contains(JavaFileObject.Kind.CLASS) || location == StandardLocation.SOURCE_PATH) {
      return List.of();
    }
    Listing listing = new Listing(location, packageName, recurse);
    List<JavaFileObject> known = listings.get(listing);
    if (known == null) {
      known = read(listing);
      listings.put(listing, known);
    }
    return known;
  }

  private synchronized List<JavaFileObject> read(Listing listing) throws IOException {
    List<JavaFileObject> found = new ArrayList<>();
    for (JavaFileObject file :
        super.list(
            listing.location(),
            listing.packageName(),
            EnumSet.of(JavaFileObject.Kind.CLASS),
            listing.recurse())) {
      found.add(new ClassFile(file, super.inferBinaryName(listing.location(), file)));
    }
    return List.copyOf(found);
  }

  @Override
  public synchronized String inferBinaryName(Location location, JavaFileObject file) {
    return file instanceof ClassFile c ? c.name : super.inferBinaryName(location, file);
  }

  /**
   * Claims a path of processors, the empty one of {@link #getClassLoader}: without one javac looks
   * for plugins on the class path, opening every jar in every compilation.
   */
  @Override
  public synchronized boolean hasLocation(Location location) {
    return location == StandardLocation.ANNOTATION_PROCESSOR_PATH
        || (location != StandardLocation.SOURCE_PATH && super.hasLocation(location));
  }

  /** Finds nothing: plugins and processors of a project must never run in this JVM. */
  @Override
  public ClassLoader getClassLoader(Location location) {
    return NOTHING;
  }

  @Override
  public synchronized Location getLocationForModule(Location location, String moduleName)
      throws IOException {
    return super.getLocationForModule(location, moduleName);
  }

  @Override
  public synchronized Location getLocationForModule(Location location, JavaFileObject file)
      throws IOException {
    return super.getLocationForModule(location, file);
  }

  @Override
  public synchronized String inferModuleName(Location location) throws IOException {
    return super.inferModuleName(location);
  }

  @Override
  public synchronized Iterable<Set<Location>> listLocationsForModules(Location location)
      throws IOException {
    return super.listLocationsForModules(location);
  }

  @Override
  public synchronized JavaFileObject getJavaFileForInput(
      Location location, String className, JavaFileObject.Kind kind) throws IOException {
    return super.getJavaFileForInput(location, className, kind);
  }

  @Override
  public synchronized boolean contains(Location location, FileObject file) throws IOException {
    return super.contains(location, file);
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    return a == b || a.toUri().equals(b.toUri());
  }

  /** Stays open: compilations come and go. */
  @Override
  public void flush() {}

  @Override
  public void close() {}
}
