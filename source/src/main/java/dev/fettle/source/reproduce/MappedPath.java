package dev.fettle.source.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A captured path as a controller sees it that stands alone: without the context path that the
 * application was deployed under, and with values for what its mappings leave to the configuration.
 *
 * @param placeholders values by the name of a property
 */
record MappedPath(String path, Map<String, String> placeholders) {
  private static final String ANNOTATIONS = "Lorg/springframework/web/bind/annotation/";
  private static final Pattern PROPERTY = Pattern.compile("(/?)\\$\\{([^}:]+)(?::[^}]*)?}(.*)");

  /** The path as it was captured where no mapping of the method fits it. */
  static MappedPath of(String path, ClassNode controller, MethodNode method) {
    for (String root : paths(controller.visibleAnnotations)) {
      for (String own : paths(method.visibleAnnotations)) {
        String pattern = own.isEmpty() ? root : root + (own.startsWith("/") ? "" : "/") + own;
        Optional<MappedPath> fitting = fitting(pattern, path);
        if (fitting.isPresent()) {
          return fitting.get();
        }
      }
    }
    return new MappedPath(path, Map.of());
  }

  private static Optional<MappedPath> fitting(String pattern, String path) {
    List<String> parts = split(path);
    Matcher property = PROPERTY.matcher(pattern);
    boolean configured = property.matches();
    List<String> wanted = split(configured ? property.group(3) : pattern);
    if (wanted.stream().anyMatch(w -> w.contains("${"))) {
      return Optional.empty();
    }
    for (int from = 0; from <= parts.size(); from++) {
      if (!fits(wanted, parts.subList(from, parts.size()))) {
        continue;
      }
      String before = String.join("/", parts.subList(0, from));
      if (configured) {
        String value = property.group(1).isEmpty() && !before.isEmpty() ? "/" + before : before;
        return Optional.of(new MappedPath(path, Map.of(property.group(2), value)));
      }
      String end = path.endsWith("/") && path.length() > 1 ? "/" : "";
      String rest = String.join("/", parts.subList(from, parts.size()));
      return Optional.of(
          new MappedPath(from == 0 ? path : "/" + rest + (rest.isEmpty() ? "" : end), Map.of()));
    }
    return Optional.empty();
  }

  private static boolean fits(List<String> pattern, List<String> path) {
    for (int i = 0; i < pattern.size(); i++) {
      String p = pattern.get(i);
      if (p.equals("**") || p.startsWith("{*")) {
        return true;
      }
      boolean free = p.contains("{") || p.contains("*");
      if (i >= path.size() || !free && !p.equals(path.get(i))) {
        return false;
      }
    }
    return pattern.size() == path.size();
  }

  private static List<String> split(String path) {
    return List.of(path.split("/")).stream().filter(s -> !s.isEmpty()).toList();
  }

  /** What the mapping annotations say; one empty path where they say none. */
  private static List<String> paths(@Nullable List<AnnotationNode> annotations) {
    List<String> all = new ArrayList<>();
    for (AnnotationNode a : annotations == null ? List.<AnnotationNode>of() : annotations) {
      if (a.desc.startsWith(ANNOTATIONS) && a.desc.endsWith("Mapping;") && a.values != null) {
        for (int i = 0; i + 1 < a.values.size(); i += 2) {
          if (List.of("value", "path").contains(a.values.get(i))
              && a.values.get(i + 1) instanceof List<?> said) {
            said.forEach(s -> all.add(String.valueOf(s)));
          }
        }
      }
    }
    return all.isEmpty() ? List.of("") : all;
  }
}
