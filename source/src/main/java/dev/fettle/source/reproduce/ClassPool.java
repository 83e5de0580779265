package dev.fettle.source.reproduce;

import dev.fettle.contract.model.ProjectModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InnerClassNode;

/**
 * The class files that a test of one module sees: its own, its libraries', the JDK's. Read, never
 * loaded. Confined to the thread that draws the drafts.
 */
final class ClassPool implements AutoCloseable {
  private final List<Path> own;
  private final List<Path> path;
  private final Map<Path, Optional<ZipFile>> jars = new HashMap<>();
  private final Map<String, Optional<ClassNode>> read = new HashMap<>();

  private ClassPool(List<Path> own, List<Path> path) {
    this.own = own;
    this.path = path;
  }

  static ClassPool of(ProjectModel project, ProjectModel.Module module) {
    List<Path> own = new ArrayList<>();
    own.add(module.mainOutput());
    project.modules().stream()
        .map(ProjectModel.Module::mainOutput)
        .filter(o -> !own.contains(o))
        .forEach(own::add);
    Set<Path> path = new LinkedHashSet<>(own);
    path.addAll(module.testClasspath());
    path.addAll(module.mainClasspath());
    return new ClassPool(own, List.copyOf(path));
  }

  /** The class of that internal name. */
  Optional<ClassNode> find(String internal) {
    Optional<ClassNode> known = read.get(internal);
    if (known == null) {
      known = bytes(internal + ".class").flatMap(ClassPool::parse);
      read.put(internal, known);
    }
    return known;
  }

  boolean has(String internal) {
    return find(internal).isPresent();
  }

  /** Whether the project itself compiled the class. */
  boolean application(String internal) {
    return own.stream().anyMatch(o -> Files.isRegularFile(o.resolve(internal + ".class")));
  }

  /** Every class that the project compiled, at most {@code limit}. */
  List<ClassNode> applicationClasses(int limit) {
    List<ClassNode> all = new ArrayList<>();
    for (Path root : own) {
      if (!Files.isDirectory(root)) {
        continue;
      }
      try (Stream<Path> files = Files.walk(root)) {
        files
            .filter(f -> f.toString().endsWith(".class"))
            .sorted()
            .limit(Math.max(0, limit - all.size()))
            .map(f -> root.relativize(f).toString().replace('\\', '/'))
            .map(f -> f.substring(0, f.length() - ".class".length()))
            .forEach(f -> find(f).ifPresent(all::add));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all;
  }

  /** Reflexive; false when a class on the way is missing. */
  boolean subtype(String internal, String of) {
    if (internal.equals(of) || of.equals("java/lang/Object")) {
      return true;
    }
    return supertypes(internal).contains(of);
  }

  /** The class and everything above it, nearest first. */
  Set<String> supertypes(String internal) {
    Set<String> all = new LinkedHashSet<>();
    collect(internal, all);
    return all;
  }

  private void collect(String internal, Set<String> all) {
    if (!all.add(internal)) {
      return;
    }
    find(internal)
        .ifPresent(
            c -> {
              if (c.superName != null) {
                collect(c.superName, all);
              }
              c.interfaces.forEach(i -> collect(i, all));
            });
  }

  /** Access flags as declared, which for nested classes differ from those of the file. */
  int access(ClassNode c) {
    for (InnerClassNode inner : c.innerClasses) {
      if (inner.name.equals(c.name)) {
        return inner.access;
      }
    }
    return c.access;
  }

  /** Whether code of the package {@code from} (with slashes) can name the class. */
  boolean accessible(String internal, String from) {
    Optional<ClassNode> found = find(internal);
    if (found.isEmpty()) {
      return false;
    }
    ClassNode c = found.get();
    int access = access(c);
    boolean samePackage = packageOf(internal).equals(from);
    for (InnerClassNode inner : c.innerClasses) {
      if (inner.name.equals(internal)) {
        if (inner.outerName == null || inner.innerName == null) {
          return false;
        }
        if (!accessible(inner.outerName, from)) {
          return false;
        }
      }
    }
    if ((access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC)) != 0) {
      return false;
    }
    return (access & Opcodes.ACC_PUBLIC) != 0 || samePackage;
  }

  static String packageOf(String internal) {
    int slash = internal.lastIndexOf('/');
    return slash < 0 ? "" : internal.substring(0, slash);
  }

  private Optional<byte[]> bytes(String entry) {
    for (Path p : path) {
      Optional<byte[]> found = Files.isDirectory(p) ? file(p.resolve(entry)) : jarred(p, entry);
      if (found.isPresent()) {
        return found;
      }
    }
    try (InputStream in = ClassLoader.getPlatformClassLoader().getResourceAsStream(entry)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<byte[]> file(Path file) {
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<byte[]> jarred(Path jar, String entry) {
    Optional<ZipFile> zip = jars.computeIfAbsent(jar, ClassPool::open);
    ZipEntry found = zip.map(z -> z.getEntry(entry)).orElse(null);
    if (zip.isEmpty() || found == null) {
      return Optional.empty();
    }
    try (InputStream in = zip.get().getInputStream(found)) {
      return Optional.of(in.readAllBytes());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<ZipFile> open(Path jar) {
    try {
      return Files.isRegularFile(jar) ? Optional.of(new ZipFile(jar.toFile())) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Broken or too new class files read as missing. */
  private static Optional<ClassNode> parse(byte[] bytes) {
    try {
      ClassNode node = new ClassNode();
      new ClassReader(bytes).accept(node, ClassReader.SKIP_FRAMES);
      return Optional.of(node);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    for (Optional<ZipFile> jar : jars.values()) {
      if (jar.isPresent()) {
        try {
          jar.get().close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    jars.clear();
  }
}
