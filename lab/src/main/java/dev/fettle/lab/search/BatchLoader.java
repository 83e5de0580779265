package dev.fettle.lab.search;

import java.io.IOException;
import java.net.URLClassLoader;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loads one batch: its own classes first, then the classes under test, all with limits. */
final class BatchLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> own;
  private final WovenClasses application;

  /** Class files under test with limits, woven once. */
  interface WovenClasses {
    byte @Nullable [] find(String className) throws IOException;
  }

  BatchLoader(Surroundings around, Map<String, byte[]> own, WovenClasses application) {
    super(around.directories(), BatchLoader.class.getClassLoader());
    this.own = own;
    this.application = application;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        byte[] bytes = bytes(name);
        if (bytes == null) {
          return super.loadClass(name, resolve);
        }
        loaded = defineClass(name, bytes, 0, bytes.length);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  private byte @Nullable [] bytes(String name) throws ClassNotFoundException {
    byte[] bytes = own.get(name);
    if (bytes != null) {
      return bytes;
    }
    try {
      return application.find(name);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    throw new ClassNotFoundException(name);
  }
}
