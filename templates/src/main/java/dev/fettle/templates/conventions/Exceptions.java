package dev.fettle.templates.conventions;

import com.sun.source.tree.ExpressionTree;
import dev.fettle.templates.code.Declarations;
import dev.fettle.templates.code.Declared;
import dev.fettle.templates.code.Scope;
import dev.fettle.templates.code.TypeName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes {@code new SomeException(...)} for types the code base answers clients with. */
final class Exceptions {
  private final Declarations declarations;
  private final Statuses statuses;
  private final List<Miner.Construction> constructions;

  Exceptions(Declarations declarations, Statuses statuses, List<Miner.Construction> constructions) {
    this.declarations = declarations;
    this.statuses = statuses;
    this.constructions = constructions;
  }

  /** Answers that throw what the code base answers with one of these statuses; best first. */
  List<Answer> answering(
      Situation situation, Subject target, Scope at, double score, int... codes) {
    List<Answer> answers = new ArrayList<>();
    double next = score;
    for (String type : ordered(statuses.answering(codes), at)) {
      Optional<Answer> a = make(type, situation, target, at, next);
      if (a.isPresent()) {
        answers.add(a.get());
        next -= 0.06;
      }
    }
    for (Statuses.Factory factory : statuses.factories(codes)) {
      Optional<Answer> a = make(factory, situation, target, at, next);
      if (a.isPresent()) {
        answers.add(a.get());
        next -= 0.06;
      }
    }
    return answers;
  }

  private static Optional<Answer> make(
      Statuses.Factory factory, Situation situation, Subject target, Scope at, double score) {
    Declared type = factory.type();
    boolean near = type.unit().packageName().equals(at.unit().packageName());
    return arguments(factory.method(), message(situation, target, at), target, at)
        .map(
            arguments ->
                new Answer(
                    Answer.Kind.THROW,
                    type.simple() + "." + factory.method().name() + "(" + arguments + ")",
                    near ? Set.of() : Set.of(type.qualified()),
                    score,
                    type.simple()
                        + "."
                        + factory.method().name()
                        + " is answered with status "
                        + factory.status()));
  }

  /** Most used first: the general-purpose type is thrown in more places than a special one. */
  private List<String> ordered(List<String> types, Scope at) {
    List<String> sorted = new ArrayList<>(types);
    sorted.sort(
        Comparator.comparingLong(
            (String t) ->
                -constructions.stream()
                    .filter(c -> c.type().equals(t))
                    .mapToLong(c -> c.scope().className().equals(at.className()) ? 3 : 1)
                    .sum()));
    return sorted;
  }

  private Optional<Answer> make(
      String type, Situation situation, Subject target, Scope at, double score) {
    String message = message(situation, target, at);
    Optional<Declared> declared = declarations.type(type);
    Set<String> imports = new LinkedHashSet<>();
    declared
        .filter(d -> !d.unit().packageName().equals(at.unit().packageName()))
        .ifPresent(d -> imports.add(d.qualified()));
    if (declared.isEmpty()) {
      if (type.equals("NoSuchElementException")) {
        imports.add("java.util.NoSuchElementException");
      }
      statuses.ofLibrary(type).ifPresent(imports::add);
      return Optional.of(answer("new " + type + "(" + message + ")", imports, type, score - 0.03));
    }
    for (Declared.Method c : preferred(declared.get())) {
      Optional<String> arguments = arguments(c, message, target, at);
      if (arguments.isPresent()) {
        return Optional.of(
            answer("new " + type + "(" + arguments.get() + ")", imports, type, score));
      }
    }
    return Optional.empty();
  }

  /** Constructors as used elsewhere first, then with fewer throwables. */
  private List<Declared.Method> preferred(Declared type) {
    List<Declared.Method> all = new ArrayList<>(type.constructors());
    if (all.isEmpty()) {
      all.add(new Declared.Method("<init>", TypeName.UNKNOWN, List.of(), null));
    }
    all.sort(
        Comparator.comparingLong(
            (Declared.Method m) ->
                -constructions.stream()
                    .filter(c -> c.type().equals(type.simple()))
                    .filter(c -> c.tree().getArguments().size() == m.parameters().size())
                    .count()));
    return all;
  }

  private Answer answer(String text, Set<String> imports, String type, double score) {
    int code = statuses.of(type);
    String because =
        code == 0 ? "as " + type + " is meant for" : type + " is answered with status " + code;
    return new Answer(Answer.Kind.THROW, text, imports, score, because);
  }

  private static Optional<String> arguments(
      Declared.Method c, String message, Subject target, Scope at) {
    List<String> arguments = new ArrayList<>();
    for (Declared.Parameter p : c.parameters()) {
      Optional<String> argument = argument(p, message, target, at);
      if (argument.isEmpty()) {
        return Optional.empty();
      }
      arguments.add(argument.get());
    }
    return Optional.of(String.join(", ", arguments));
  }

  private static Optional<String> argument(
      Declared.Parameter p, String message, Subject target, Scope at) {
    String name = p.name().toLowerCase(java.util.Locale.ROOT);
    ExpressionTree key = target.key();
    String keyText = target.keyText();
    if (p.type().text()) {
      if (name.matches(".*(message|msg|detail|reason|text|description|error).*")) {
        return Optional.of(message);
      }
      if (name.matches(".*(id|key|value|identifier|number|sku|code)$")
          && key != null
          && keyText != null) {
        return Optional.of(at.typeOf(key).text() ? keyText : "String.valueOf(" + keyText + ")");
      }
      return Optional.of("\"" + Nouns.spoken(target.noun(at)) + "\"");
    }
    if (key != null
        && (p.type().simple().matches("Object|Serializable|Comparable")
            || p.type().sameAs(at.typeOf(key)))) {
      return Optional.ofNullable(keyText);
    }
    if (p.type().simple().equals("Object")) {
      return Optional.of(target.text());
    }
    return Optional.empty();
  }

  private static boolean plain(Subject target, Scope at) {
    TypeName t = target.type().optional() ? target.type().element() : target.type();
    return at.declarations().type(t).isEmpty();
  }

  private static String named(ExpressionTree key, String text) {
    return key instanceof com.sun.source.tree.IdentifierTree
        ? text
        : Nouns.property(text.replaceAll("\\(.*\\)$", "").replaceAll(".*[.]", ""));
  }

  /** A message expression in plain words. */
  static String message(Situation situation, Subject target, Scope at) {
    String noun = Nouns.spoken(target.noun(at));
    String key = target.keyText();
    return switch (situation) {
      case ABSENT ->
          key != null && target.key() != null && plain(target, at)
              ? "\"unknown " + Nouns.spoken(named(target.key(), key)) + ": \" + " + key
              : key != null
                  ? "\"" + noun + " not found: \" + " + key
                  : "\"" + noun + (target.fromRequest() ? " is required\"" : " is missing\"");
      case EMPTY -> "\"" + noun + " must not be empty\"";
      case UNPARSABLE -> "\"invalid " + noun + ": \" + " + target.text();
      case ZERO -> "\"" + noun + " must not be zero\"";
      case OUT_OF_RANGE, WRONG_TYPE, UNKNOWN_CASE ->
          "\"invalid " + noun + ": \" + " + target.text();
    };
  }
}
