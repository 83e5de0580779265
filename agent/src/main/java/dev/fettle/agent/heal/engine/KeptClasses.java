package dev.fettle.agent.heal.engine;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of classes as they were before weaving, as long as memory allows; then the class file, if
 * it has the same bytes. Thread-safe.
 */
final class KeptClasses {
  private record Kept(SoftReference<byte[]> bytes, int hash) {}

  private final Map<ClassLoader, Map<String, Kept>> loaders =
      Collections.synchronizedMap(new WeakHashMap<>());

  void keep(ClassLoader loader, String name, byte[] bytes) {
    loaders
        .computeIfAbsent(loader, l -> new ConcurrentHashMap<>())
        .put(name, new Kept(new SoftReference<>(bytes), Arrays.hashCode(bytes)));
  }

  /** Whether a class can be healed. */
  boolean has(@Nullable ClassLoader loader, String name) {
    Map<String, Kept> names = loader == null ? null : loaders.get(loader);
    return names != null && names.containsKey(name);
  }

  /** Null when they are lost. */
  byte @Nullable [] bytes(@Nullable ClassLoader loader, String name) {
    Map<String, Kept> names = loader == null ? null : loaders.get(loader);
    Kept kept = names == null ? null : names.get(name);
    if (loader == null || kept == null) {
      return null;
    }
    byte[] bytes = kept.bytes.get();
    return bytes != null ? bytes : reread(loader, name, kept.hash);
  }

  private static byte @Nullable [] reread(ClassLoader loader, String name, int hash) {
    try (InputStream in = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
      byte[] bytes = in == null ? null : in.readAllBytes();
      return bytes != null && Arrays.hashCode(bytes) == hash ? bytes : null;
    } catch (IOException e) {
      return null;
    }
  }
}
