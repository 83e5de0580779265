package dev.fettle.source.reproduce;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Finds the controller method that serves a request, by the mapping annotations of Spring. Where
 * several could, the one whose path says most literally.
 */
final class RequestMappings {
  private static final int MOST_CLASSES = 5000;
  private static final String ANNOTATIONS = "Lorg/springframework/web/bind/annotation/";
  private static final Map<String, String> METHODS =
      Map.of(
          "GetMapping", "GET",
          "PostMapping", "POST",
          "PutMapping", "PUT",
          "DeleteMapping", "DELETE",
          "PatchMapping", "PATCH");

  /** A method of a controller. */
  record Served(ClassNode controller, MethodNode method) {}

  private record Fit(Served served, int literal) {}

  private RequestMappings() {}

  /**
   * @param path without query
   */
  static Optional<Served> of(String method, String path, ClassPool classes) {
    List<Fit> fits = new ArrayList<>();
    for (ClassNode c : classes.applicationClasses(MOST_CLASSES)) {
      if (RequestCall.possible(c, classes)) {
        List<String> roots = paths(annotation(c.visibleAnnotations, "RequestMapping"));
        for (MethodNode m : c.methods) {
          for (String own : mapped(m, method)) {
            for (String root : roots) {
              literal(split(root + "/" + own), split(path))
                  .ifPresent(literal -> fits.add(new Fit(new Served(c, m), literal)));
            }
          }
        }
      }
    }
    return fits.stream().max(Comparator.comparingInt(Fit::literal)).map(Fit::served);
  }

  /** The paths at which a method serves requests of that HTTP method. */
  private static List<String> mapped(MethodNode m, String method) {
    List<String> all = new ArrayList<>();
    METHODS.forEach(
        (name, served) -> {
          AnnotationNode a = annotation(m.visibleAnnotations, name);
          if (a != null && served.equals(method.toUpperCase(Locale.ROOT))) {
            all.addAll(paths(a));
          }
        });
    AnnotationNode any = annotation(m.visibleAnnotations, "RequestMapping");
    if (any != null) {
      List<?> served = list(value(any, "method"));
      boolean serves =
          served.isEmpty()
              || served.stream()
                  .anyMatch(v -> v instanceof String[] constant && constant[1].equals(method));
      if (serves) {
        all.addAll(paths(any));
      }
    }
    return all;
  }

  private static @Nullable AnnotationNode annotation(
      @Nullable List<AnnotationNode> all, String name) {
    return all == null
        ? null
        : all.stream()
            .filter(a -> a.desc.equals(ANNOTATIONS + name + ";"))
            .findFirst()
            .orElse(null);
  }

  private static List<String> paths(@Nullable AnnotationNode a) {
    if (a == null) {
      return List.of("");
    }
    List<String> all = new ArrayList<>();
    list(value(a, "value")).forEach(v -> all.add(String.valueOf(v)));
    list(value(a, "path")).forEach(v -> all.add(String.valueOf(v)));
    return all.isEmpty() ? List.of("") : all;
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> many ? many : value == null ? List.of() : List.of(value);
  }

  private static @Nullable Object value(AnnotationNode a, String name) {
    for (int i = 0; a.values != null && i + 1 < a.values.size(); i += 2) {
      if (name.equals(a.values.get(i))) {
        return a.values.get(i + 1);
      }
    }
    return null;
  }

  private static List<String> split(String path) {
    return List.of(path.split("/")).stream().filter(s -> !s.isEmpty()).toList();
  }

  /** How many segments are the same letter for letter; empty when the pattern does not fit. */
  private static Optional<Integer> literal(List<String> pattern, List<String> path) {
    int same = 0;
    for (int i = 0; i < pattern.size(); i++) {
      String p = pattern.get(i);
      if (p.equals("**")) {
        return Optional.of(same);
      }
      if (i >= path.size()) {
        return Optional.empty();
      }
      if (p.equals(path.get(i))) {
        same++;
      } else if (!p.contains("{") && !p.contains("*")) {
        return Optional.empty();
      }
    }
    return pattern.size() == path.size() ? Optional.of(same) : Optional.empty();
  }
}
