package dev.fettle.agent.hotpatch;

import dev.fettle.agent.weave.Weaver;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Class files as resources, believed only while they are the ones that were loaded: an application
 * whose jar was replaced under it must not be patched into its next version. Add it as a
 * transformer that cannot retransform; it changes nothing and remembers a checksum per class.
 * Classes that were loaded before it was added are believed. Thread-safe.
 */
public final class LoadedOriginals implements OriginalBytes, ClassFileTransformer {
  private final Weaver.Selection application;
  private final Map<ClassLoader, Map<String, Long>> checksums = new WeakHashMap<>();

  /**
   * @param application which classes may be patched; of others nothing is remembered
   */
  public LoadedOriginals(Weaver.Selection application) {
    this.application = application;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String internalName,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] file) {
    if (loader != null && internalName != null && redefined == null) {
      String name = internalName.replace('/', '.');
      if (application.isApplication(loader, name, domain)) {
        of(loader).put(name, checksum(file));
      }
    }
    return null;
  }

  @Override
  public byte @Nullable [] of(@Nullable ClassLoader loader, String name) {
    byte[] file = RESOURCES.of(loader, name);
    Long loaded = loader == null ? null : of(loader).get(name);
    return file == null || loaded == null || loaded == checksum(file) ? file : null;
  }

  private Map<String, Long> of(ClassLoader loader) {
    synchronized (checksums) {
      return checksums.computeIfAbsent(loader, l -> new ConcurrentHashMap<>());
    }
  }

  private static long checksum(byte[] file) {
    CRC32 sum = new CRC32();
    sum.update(file);
    return (long) file.length << 32 | sum.getValue();
  }
}
