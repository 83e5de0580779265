package dev.fettle.lab.maven;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** A plugin's configuration with its expressions evaluated. Blank counts as absent. */
final class Configuration {
  private final @Nullable Xpp3Dom dom;
  private final UnaryOperator<@Nullable String> evaluate;

  Configuration(@Nullable Xpp3Dom dom, UnaryOperator<@Nullable String> evaluate) {
    this.dom = dom;
    this.evaluate = evaluate;
  }

  Optional<String> text(String name) {
    return child(name).flatMap(this::valueOf);
  }

  boolean flag(String name) {
    return text(name).map(Boolean::parseBoolean).orElse(false);
  }

  /** The values of a list parameter; a plain text is split at commas and line ends. */
  List<String> list(String name) {
    Optional<Xpp3Dom> list = child(name);
    if (list.isEmpty()) {
      return List.of();
    }
    List<String> values = new ArrayList<>();
    for (Xpp3Dom element : list.get().getChildren()) {
      valueOf(element).ifPresent(values::add);
    }
    if (list.get().getChildCount() == 0) {
      valueOf(list.get())
          .ifPresent(
              text -> {
                for (String part : text.split("[,\\r\\n]+")) {
                  if (!part.isBlank()) {
                    values.add(part.trim());
                  }
                }
              });
    }
    return values;
  }

  /** {@code name=value} of a map parameter, or of old style {@code property} children. */
  List<String> pairs(String name) {
    Map<String, String> pairs = new TreeMap<>();
    for (Xpp3Dom element : children(name)) {
      Xpp3Dom key = element.getChild("name");
      Xpp3Dom value = element.getChild("value");
      if (key != null && value != null && key.getValue() != null) {
        pairs.put(key.getValue(), valueOf(value).orElse(""));
      } else {
        pairs.put(element.getName(), valueOf(element).orElse(""));
      }
    }
    return pairs.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
  }

  /** The children of a parameter as configurations. */
  List<Configuration> elements(String name) {
    return children(name).stream().map(c -> new Configuration(c, evaluate)).toList();
  }

  private List<Xpp3Dom> children(String name) {
    return child(name).map(c -> List.of(c.getChildren())).orElse(List.of());
  }

  private Optional<Xpp3Dom> child(String name) {
    return dom == null ? Optional.empty() : Optional.ofNullable(dom.getChild(name));
  }

  private Optional<String> valueOf(Xpp3Dom element) {
    String value = element.getValue();
    if (value != null && value.isEmpty()) {
      value = null;
    }
    String text = value == null ? null : evaluate.apply(value);
    if (text == null || text.isBlank()) {
      String fallback = element.getAttribute("default-value");
      text = fallback == null ? null : evaluate.apply(fallback);
    }
    return text == null || text.isBlank() ? Optional.empty() : Optional.of(text);
  }
}
