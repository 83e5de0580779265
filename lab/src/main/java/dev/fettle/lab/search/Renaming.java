package dev.fettle.lab.search;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/** Gives the classes of a test names of their own, so that many {@code Main}s share a loader. */
final class Renaming {
  private final Map<String, String> names = new HashMap<>();

  Renaming(Set<String> classes, String suffix) {
    for (String name : classes) {
      String internal = name.replace('.', '/');
      int nested = internal.indexOf('$', internal.lastIndexOf('/') + 1);
      names.put(
          internal,
          nested < 0
              ? internal + suffix
              : internal.substring(0, nested) + suffix + internal.substring(nested));
    }
  }

  String of(String className) {
    String internal = className.replace('.', '/');
    return names.getOrDefault(internal, internal).replace('/', '.');
  }

  byte[] apply(byte[] bytes) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(bytes)
        .accept(
            new ClassRemapper(writer, new SimpleRemapper(org.objectweb.asm.Opcodes.ASM9, names)),
            0);
    return writer.toByteArray();
  }
}
