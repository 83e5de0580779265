package dev.fettle.boot.hotpatch;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The bootstrap of patched code's calls: it finds what a patch put where the patched class cannot
 * name it. Links hang on the class that they are about and go with it.
 */
public final class PatchLinks {
  private static final ClassValue<ConcurrentMap<String, MethodHandle>> LINKS =
      new ClassValue<>() {
        @Override
        protected ConcurrentMap<String, MethodHandle> computeValue(Class<?> owner) {
          return new ConcurrentHashMap<>();
        }
      };

  private PatchLinks() {}

  /** Makes {@code handle} known; before the code that needs it runs. */
  public static void put(Class<?> owner, String key, MethodHandle handle) {
    LINKS.get(owner).put(key, handle);
  }

  /** Bootstrap of a call to moved or otherwise unreachable code. */
  public static CallSite call(
      MethodHandles.Lookup caller, String name, MethodType type, Class<?> owner, String key) {
    return new ConstantCallSite(find(owner, key).asType(type));
  }

  private static MethodHandle find(Class<?> owner, String key) {
    @Nullable MethodHandle handle = LINKS.get(owner).get(key);
    if (handle == null) {
      throw new IncompatibleClassChangeError("no link " + key + " of " + owner.getName());
    }
    return handle;
  }
}
