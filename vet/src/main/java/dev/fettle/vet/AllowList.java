package dev.fettle.vet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.Type;

/** The methods and types that a contained snippet may name: {@code allowed.txt}. Immutable. */
final class AllowList {
  private static final AllowList SHIPPED = read("allowed.txt");

  /**
   * What a method costs.
   *
   * @param kind one of the letters that {@code allowed.txt} explains
   * @param count index of the argument that is a count; -1 for none
   */
  record Cost(char kind, int count) {}

  private record Owner(List<String> parents, Map<String, Cost> methods) {}

  private final Map<String, Owner> owners = new LinkedHashMap<>();

  private AllowList() {}

  static AllowList shipped() {
    return SHIPPED;
  }

  private static AllowList read(String resource) {
    AllowList list = new AllowList();
    try (InputStream in = AllowList.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing beside " + AllowList.class);
      }
      Owner owner = null;
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("  ") && owner != null) {
          String[] words = line.strip().split(" ");
          owner.methods.put(words[0] + words[1], cost(words[2]));
        } else if (!line.isBlank() && !line.startsWith("#")) {
          String[] words = line.strip().split(" : | ");
          owner = new Owner(List.of(words).subList(1, words.length), new LinkedHashMap<>());
          list.owners.put(words[0], owner);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return list;
  }

  private static Cost cost(String word) {
    return new Cost(word.charAt(0), word.length() > 1 ? Integer.parseInt(word.substring(1)) : -1);
  }

  /** The cost of a method; empty when it may not be called. */
  Optional<Cost> cost(String owner, String name, String descriptor) {
    Owner known = owners.get(owner);
    if (known == null) {
      return Optional.empty();
    }
    Cost own = known.methods.get(name + descriptor);
    if (own != null || name.equals("<init>")) {
      return Optional.ofNullable(own);
    }
    return known.parents.stream().flatMap(p -> cost(p, name, descriptor).stream()).findFirst();
  }

  /** Whether a type may be named: a primitive, a class of the list, an array of these. */
  boolean names(Type type) {
    Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
    return element.getSort() != Type.OBJECT || owners.containsKey(element.getInternalName());
  }

  /** Internal names of all listed classes. */
  Iterable<String> classes() {
    return owners.keySet();
  }

  /** {@code name + descriptor} of the methods listed with a class itself. */
  Iterable<String> methods(String owner) {
    Owner known = owners.get(owner);
    return known == null ? List.of() : known.methods.keySet();
  }
}
