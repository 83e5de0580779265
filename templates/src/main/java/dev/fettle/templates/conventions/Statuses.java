package dev.fettle.templates.conventions;

import com.sun.source.tree.AnnotationTree;
import dev.fettle.templates.code.Declarations;
import dev.fettle.templates.code.Declared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/** Which HTTP status an exception type is answered with, read from advices and annotations. */
final class Statuses {
  private static final Map<String, Integer> CODES =
      Map.ofEntries(
          Map.entry("BAD_REQUEST", 400),
          Map.entry("UNAUTHORIZED", 401),
          Map.entry("FORBIDDEN", 403),
          Map.entry("NOT_FOUND", 404),
          Map.entry("METHOD_NOT_ALLOWED", 405),
          Map.entry("NOT_ACCEPTABLE", 406),
          Map.entry("CONFLICT", 409),
          Map.entry("GONE", 410),
          Map.entry("PRECONDITION_FAILED", 412),
          Map.entry("UNPROCESSABLE_ENTITY", 422),
          Map.entry("UNPROCESSABLE_CONTENT", 422),
          Map.entry("TOO_MANY_REQUESTS", 429));
  private static final Pattern STATUS =
      Pattern.compile(
          "HttpStatus\\.(\\w+)|\\b(badRequest|notFound|unprocessableEntity|unprocessableContent)\\(\\)|"
              + "status\\((\\d{3})\\)|\\bSC_(\\w+)|forStatus\\w*\\((\\d{3})|"
              + "@ResponseStatus\\((?:code = |value = )?(\\w+)\\)");
  private static final Pattern CLASS = Pattern.compile("([\\w.]+)\\.class");

  private final Declarations declarations;
  private final Map<String, Integer> byType = new HashMap<>();
  private final List<Factory> factories = new ArrayList<>();

  /** {@code ApiException.notFound(...)}: a static method that makes an exception of one status. */
  record Factory(Declared type, Declared.Method method, int status) {}

  private Statuses(Declarations declarations) {
    this.declarations = declarations;
  }

  static Statuses of(Declarations declarations) {
    Statuses s = new Statuses(declarations);
    for (Declared d : declarations.all()) {
      d.annotation("ResponseStatus")
          .flatMap(Statuses::read)
          .ifPresent(c -> s.byType.put(d.simple(), c));
      if (d.supertypes().stream()
          .anyMatch(t -> t.simple().matches("ResponseStatusException|ErrorResponseException"))) {
        read(d.unit().text(d.tree())).ifPresent(c -> s.byType.putIfAbsent(d.simple(), c));
      }
      for (Declared.Method m : d.methods()) {
        if (m.annotated("ExceptionHandler")) {
          s.handler(d, m);
        }
        s.factory(d, m);
      }
    }
    return s;
  }

  private void handler(Declared owner, Declared.Method m) {
    if (m.tree() == null) {
      return;
    }
    List<String> types = new ArrayList<>();
    for (AnnotationTree a : m.tree().getModifiers().getAnnotations()) {
      if (a.getAnnotationType().toString().endsWith("ExceptionHandler")) {
        Matcher c = CLASS.matcher(a.toString());
        while (c.find()) {
          types.add(c.group(1).substring(c.group(1).lastIndexOf('.') + 1));
        }
      }
    }
    if (types.isEmpty()) {
      m.parameters().stream()
          .map(p -> p.type().simple())
          .filter(t -> t.endsWith("Exception"))
          .forEach(types::add);
    }
    read(owner.unit().text(m.tree())).ifPresent(code -> types.forEach(t -> byType.put(t, code)));
  }

  private void factory(Declared d, Declared.Method m) {
    if (d.simple().endsWith("Exception")
        && m.tree() != null
        && m.tree().getModifiers().getFlags().contains(Modifier.STATIC)
        && m.returns().simple().equals(d.simple())) {
      read(d.unit().text(m.tree())).ifPresent(code -> factories.add(new Factory(d, m, code)));
    }
  }

  /** Factories of exceptions that are answered with one of these statuses, in that order. */
  List<Factory> factories(int... codes) {
    List<Factory> found = new ArrayList<>();
    for (int code : codes) {
      factories.stream().filter(f -> f.status() == code).forEach(found::add);
    }
    return found;
  }

  /** The status of what {@code Type.method(...)} makes; 0 when unknown. */
  int ofFactory(String type, String method) {
    return factories.stream()
        .filter(f -> f.type().simple().equals(type) && f.method().name().equals(method))
        .mapToInt(Factory::status)
        .findFirst()
        .orElse(0);
  }

  /** Whether the code base has exceptions of its own for one of these statuses. */
  boolean answers(int... codes) {
    return !answering(codes).isEmpty() || !factories(codes).isEmpty();
  }

  private static Optional<Integer> read(String source) {
    Matcher m = STATUS.matcher(source);
    if (!m.find()) {
      return Optional.empty();
    }
    if (m.group(3) != null || m.group(5) != null) {
      return Optional.of(Integer.valueOf(m.group(3) != null ? m.group(3) : m.group(5)));
    }
    if (m.group(2) != null) {
      return Optional.of(
          switch (m.group(2)) {
            case "badRequest" -> 400;
            case "notFound" -> 404;
            default -> 422;
          });
    }
    String name = m.group(1) != null ? m.group(1) : m.group(4) != null ? m.group(4) : m.group(6);
    return Optional.of(CODES.getOrDefault(name, 500));
  }

  /** The status of a type or of the nearest of its supertypes that has one; 0 when unknown. */
  int of(String type) {
    if (byType.containsKey(type)) {
      return byType.get(type);
    }
    return declarations
        .type(type)
        .map(
            d ->
                d.supertypes().stream()
                    .mapToInt(s -> s.simple().equals(type) ? 0 : of(s.simple()))
                    .max()
                    .orElse(0))
        .orElse(0);
  }

  /** Types answered with that status, declared ones first, then by name. */
  List<String> answering(int... codes) {
    List<String> found = new ArrayList<>();
    for (int code : codes) {
      for (Declared d : declarations.all()) {
        if (d.simple().endsWith("Exception")
            && of(d.simple()) == code
            && !found.contains(d.simple())) {
          found.add(d.simple());
        }
      }
      byType.entrySet().stream()
          .filter(e -> e.getValue() == code)
          .map(Map.Entry::getKey)
          .filter(
              t ->
                  t.matches(
                      "IllegalArgumentException|NoSuchElementException|IllegalStateException"))
          .filter(t -> !found.contains(t))
          .sorted()
          .forEach(found::add);
    }
    return found;
  }
}
