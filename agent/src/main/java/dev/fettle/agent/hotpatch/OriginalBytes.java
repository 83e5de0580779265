package dev.fettle.agent.hotpatch;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Knows the class files that loaded classes came from, before any agent changed them. */
public interface OriginalBytes {
  /** Reads the class file where the class's own loader finds it. */
  OriginalBytes RESOURCES = (loader, name) -> resource(loader, name);

  /**
   * The class file.
   *
   * @param loader null for the bootstrap loader
   * @param name binary name
   * @return null when there is none, or when it is not the one that was loaded
   */
  byte @Nullable [] of(@Nullable ClassLoader loader, String name);

  private static byte @Nullable [] resource(@Nullable ClassLoader loader, String name) {
    String path = name.replace('.', '/') + ".class";
    try (InputStream in =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(path)
            : loader.getResourceAsStream(path)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      return null; // an unreadable class file is as good as none
    }
  }
}
