package dev.fettle.boot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent from a jar inside the agent's jar, without writing to disk. The application
 * cannot see these classes, nor they the application's. Thread-safe.
 */
public final class CoreLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> entries = new ConcurrentHashMap<>();

  public CoreLoader(InputStream jar) throws IOException {
    super("fettle", ClassLoader.getPlatformClassLoader());
    try (JarInputStream in = new JarInputStream(jar)) {
      for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
        if (!entry.isDirectory()) {
          entries.put(entry.getName(), in.readAllBytes());
        }
      }
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    // defined once, so the bytes need not stay
    byte[] bytes = entries.remove(name.replace('.', '/') + ".class");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] bytes = entries.get(name);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }
}
