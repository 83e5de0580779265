package dev.fettle.lab;

import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.ClassReader;

/** Which classes name which others in their constant pools, transitively, within the project. */
final class Reachability {
  private final Application application;
  private final Map<String, Set<String>> named = new HashMap<>();

  Reachability(Application application) {
    this.application = application;
  }

  Message.Reached reached(Message.Reach request) throws IOException {
    Set<String> wanted = new HashSet<>(request.classes());
    List<String> reaching = new ArrayList<>();
    for (String test : request.testClasses()) {
      if (reaches(test, wanted)) {
        reaching.add(test);
      }
    }
    return new Message.Reached(reaching);
  }

  private boolean reaches(String start, Set<String> wanted) throws IOException {
    Deque<String> open = new ArrayDeque<>(List.of(start));
    Set<String> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      for (String next : names(open.pop())) {
        if (wanted.contains(next)) {
          return true;
        }
        if (seen.add(next)) {
          open.push(next);
        }
      }
    }
    return false;
  }

  private Set<String> names(String className) throws IOException {
    Set<String> known = named.get(className);
    if (known == null) {
      Optional<Application.Found> found = application.find(className);
      known = found.isEmpty() ? Set.of() : constantPool(found.get().bytes());
      named.put(className, known);
    }
    return known;
  }

  /** Every text constant that reads as the name or descriptor of a class of the project. */
  private Set<String> constantPool(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    Set<String> names = new HashSet<>();
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int item = 1; item < reader.getItemCount(); item++) {
      int offset = reader.getItem(item);
      if (offset > 0 && bytes[offset - 1] == 7) {
        String type = reader.readUTF8(offset, buffer);
        if (type != null) {
          add(type, names);
        }
      } else if (offset > 0 && bytes[offset - 1] == 12) {
        String descriptor = reader.readUTF8(offset + 2, buffer);
        if (descriptor != null) {
          descriptorTypes(descriptor, names);
        }
      }
    }
    return names;
  }

  private void descriptorTypes(String descriptor, Set<String> names) {
    int at = descriptor.indexOf('L');
    while (at >= 0) {
      int end = descriptor.indexOf(';', at);
      if (end < 0) {
        return;
      }
      add(descriptor.substring(at + 1, end), names);
      at = descriptor.indexOf('L', end);
    }
  }

  private void add(String internalName, Set<String> names) {
    String type = internalName.replace('/', '.');
    if (type.startsWith("[")) {
      descriptorTypes(internalName, names);
    } else if (application.mayHold(type)) {
      names.add(type);
    }
  }
}
