package dev.fettle.lab;

import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directories of compiled code under test, as they were when the child started. Everything else
 * is a library and stays loaded between jobs.
 */
final class Application {
  private final List<Path> directories;
  private final List<Path> mainDirectories;
  private final Set<String> packages = new HashSet<>();

  Application(Message.Setup setup) throws IOException {
    this.directories = setup.applicationDirectories().stream().map(Path::of).toList();
    this.mainDirectories = setup.mainDirectories().stream().map(Path::of).toList();
    for (Path directory : directories) {
      for (String name : classNames(directory)) {
        packages.add(packageOf(name));
      }
    }
  }

  /** Whether a class of that name may lie in the directories. */
  boolean mayHold(String className) {
    return packages.contains(packageOf(className));
  }

  /** The class file, and the directory it lies in. */
  record Found(byte[] bytes, Path directory, boolean main) {}

  Optional<Found> find(String className) throws IOException {
    String file = className.replace('.', '/') + ".class";
    for (Path directory : directories) {
      Path path = directory.resolve(file);
      if (Files.isRegularFile(path)) {
        return Optional.of(
            new Found(Files.readAllBytes(path), directory, mainDirectories.contains(directory)));
      }
    }
    return Optional.empty();
  }

  boolean isMain(String className) {
    String file = className.replace('.', '/') + ".class";
    return mayHold(className)
        && mainDirectories.stream().anyMatch(d -> Files.isRegularFile(d.resolve(file)));
  }

  List<Path> directories() {
    return directories;
  }

  URL[] urls() {
    List<URL> urls = new ArrayList<>();
    for (Path directory : directories) {
      urls.add(url(directory));
    }
    return urls.toArray(URL[]::new);
  }

  static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("no URL for " + path, e);
    }
  }

  /** Binary names of the classes under a directory; empty when it does not exist. */
  static List<String> classNames(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .map(f -> directory.relativize(f).toString())
          .filter(f -> f.endsWith(".class"))
          .map(f -> f.substring(0, f.length() - ".class".length()).replace('/', '.'))
          .toList();
    }
  }

  static String packageOf(String className) {
    int dot = className.lastIndexOf('.');
    return dot < 0 ? "" : className.substring(0, dot);
  }

  /** The top-level class that a binary name is nested in. */
  static String topLevel(String className) {
    int dollar = className.indexOf('$', className.lastIndexOf('.') + 2);
    return dollar < 0 ? className : className.substring(0, dollar);
  }
}
