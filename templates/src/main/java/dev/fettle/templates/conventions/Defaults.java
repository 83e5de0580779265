package dev.fettle.templates.conventions;

import dev.fettle.templates.code.Scope;
import dev.fettle.templates.code.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers that the place itself suggests, for what the code base has no precedent for. */
final class Defaults {
  private final Statuses statuses;
  private final Exceptions exceptions;
  private final boolean spring;

  Defaults(Statuses statuses, Exceptions exceptions, boolean spring) {
    this.statuses = statuses;
    this.exceptions = exceptions;
    this.spring = spring;
  }

  List<Answer> answers(Situation situation, Subject target, Scope at, Need need) {
    List<Answer> all = new ArrayList<>();
    boolean lookup = situation == Situation.ABSENT && target.source() == Subject.Source.LOOKUP;
    boolean sent =
        target.fromRequest()
            || situation == Situation.UNPARSABLE
            || (situation == Situation.WRONG_TYPE && comesFromOutside(target))
            || (situation == Situation.OUT_OF_RANGE && target.source() == Subject.Source.PARAMETER);
    thrown(situation, target, at, lookup, sent, all);
    returned(situation, need, lookup, sent).ifPresent(all::add);
    // a place outside of a sequence is no missing value
    boolean outside = situation == Situation.OUT_OF_RANGE || situation == Situation.EMPTY;
    instead(target, need, lookup, sent)
        .filter(a -> !outside || !a.text().equals("null"))
        .ifPresent(all::add);
    if (need.loop()) {
      all.add(
          new Answer(
              Answer.Kind.CONTINUE,
              "",
              Set.of(),
              sent ? 0.34 : 0.4,
              "one bad element should not stop the others"));
    }
    return all;
  }

  private void thrown(
      Situation situation,
      Subject target,
      Scope at,
      boolean lookup,
      boolean sent,
      List<Answer> all) {
    boolean entity = target.thing(at);
    if (lookup) {
      all.addAll(exceptions.answering(situation, target, at, entity ? 0.5 : 0.4, 404));
    }
    all.addAll(
        exceptions.answering(
            situation, target, at, sent ? 0.56 : lookup ? entity ? 0.4 : 0.48 : 0.24, 400, 422));
    if (spring && (lookup || sent)) {
      framework(situation, target, at, lookup, entity, all);
    }
    boolean argument =
        target.source() == Subject.Source.PARAMETER || sent || situation != Situation.ABSENT;
    all.add(
        new Answer(
            Answer.Kind.THROW,
            (argument ? "new IllegalArgumentException(" : "new IllegalStateException(")
                + Exceptions.message(situation, target, at)
                + ")",
            Set.of(),
            0.12,
            "the caller learns what was wrong"));
  }

  /** What Spring answers itself, for each status that the code base has no exception for. */
  private void framework(
      Situation situation,
      Subject target,
      Scope at,
      boolean lookup,
      boolean entity,
      List<Answer> all) {
    boolean missing = lookup && entity;
    // who answers every exception answers Spring's in the same way
    double caught = statuses.answersAny() ? 0.1 : 0;
    if (lookup && !statuses.answers(404)) {
      all.add(springs("NOT_FOUND", situation, target, at, (missing ? 0.44 : 0.36) - caught));
    }
    if (!statuses.answers(400, 422)) {
      all.add(springs("BAD_REQUEST", situation, target, at, (missing ? 0.36 : 0.44) - caught));
    }
  }

  private static Answer springs(
      String status, Situation situation, Subject target, Scope at, double score) {
    return new Answer(
        Answer.Kind.THROW,
        "new ResponseStatusException(HttpStatus."
            + status
            + ", "
            + Exceptions.message(situation, target, at)
            + ")",
        Set.of(
            "org.springframework.web.server.ResponseStatusException",
            "org.springframework.http.HttpStatus"),
        score,
        "Spring answers it with a client error");
  }

  /** What a map of anything holds, or what a caller passed, was chosen elsewhere. */
  private static boolean comesFromOutside(Subject target) {
    return target.source() == Subject.Source.LOOKUP || target.source() == Subject.Source.PARAMETER;
  }

  private static Optional<Answer> returned(
      Situation situation, Need need, boolean lookup, boolean sent) {
    TypeName type = need.returns();
    if (type.simple().equals("void")) {
      return Optional.of(
          new Answer(Answer.Kind.RETURN, "", Set.of(), 0.24, "there is nothing to do then"));
    }
    if (!type.known()) {
      return Optional.empty();
    }
    double score =
        type.optional()
            ? lookup ? 0.66 : 0.46
            : type.sequence() || type.map()
                ? sent ? 0.3 : 0.38
                : type.simple().equals("boolean")
                    ? 0.4
                    : situation == Situation.ZERO || situation == Situation.EMPTY ? 0.52 : 0.26;
    return neutral(type)
        .map(
            v ->
                new Answer(
                    Answer.Kind.RETURN,
                    v.text(),
                    v.imports(),
                    score,
                    "the neutral " + type.simple()));
  }

  private static Optional<Answer> instead(Subject target, Need need, boolean lookup, boolean sent) {
    TypeName type = need.wanted();
    if (!type.known() || type.simple().equals("void")) {
      return Optional.empty();
    }
    boolean nested = target.source() == Subject.Source.PROPERTY && !sent;
    double score =
        switch (need.use()) {
          case ADDED -> sent ? 0.44 : 0.6;
          case MULTIPLIED -> 0.2;
          case CONCATENATED -> nested ? 0.54 : 0.34;
          case CONDITION -> sent ? 0.4 : 0.5;
          case ITERATED -> sent ? 0.42 : 0.54;
          case PASSED -> nested ? 0.54 : 0.26;
          case RETURNED -> nested ? 0.5 : 0.28;
          case OTHER -> nested ? 0.46 : 0.28;
        };
    double fair = lookup && need.use() != Need.Use.ADDED ? Math.min(score, 0.3) : score;
    boolean passThrough =
        !type.primitive()
            && (need.use() == Need.Use.PASSED || need.use() == Need.Use.RETURNED)
            && !type.sequence()
            && !type.map()
            && !type.numeric();
    Value v =
        passThrough
            ? new Value("null", Set.of())
            : neutral(type).orElse(new Value("null", Set.of()));
    if (v.text().equals("null") && type.primitive()) {
      return Optional.empty();
    }
    return Optional.of(
        new Answer(
            Answer.Kind.DEFAULT, v.text(), v.imports(), fair, "the neutral " + type.simple()));
  }

  private record Value(String text, Set<String> imports) {}

  private static Optional<Value> neutral(TypeName type) {
    if (type.sequence()) {
      return switch (type.simple()) {
        case "List", "Collection", "Iterable" ->
            Optional.of(new Value("List.of()", Set.of("java.util.List")));
        case "Set" -> Optional.of(new Value("Set.of()", Set.of("java.util.Set")));
        case "ArrayList", "LinkedList", "HashSet", "LinkedHashSet", "TreeSet", "ArrayDeque" ->
            Optional.of(
                new Value("new " + type.simple() + "<>()", Set.of("java.util." + type.simple())));
        default -> Optional.empty();
      };
    }
    return switch (type.simple()) {
      case "int", "Integer", "short", "byte", "Short", "Byte" -> value("0");
      case "long", "Long" -> value("0L");
      case "double", "Double" -> value("0.0");
      case "float", "Float" -> value("0f");
      case "boolean", "Boolean" -> value("false");
      case "String", "CharSequence" -> value("\"\"");
      case "BigDecimal" ->
          Optional.of(new Value("BigDecimal.ZERO", Set.of("java.math.BigDecimal")));
      case "BigInteger" ->
          Optional.of(new Value("BigInteger.ZERO", Set.of("java.math.BigInteger")));
      case "Optional" -> Optional.of(new Value("Optional.empty()", Set.of("java.util.Optional")));
      case "OptionalInt", "OptionalLong", "OptionalDouble" ->
          Optional.of(new Value(type.simple() + ".empty()", Set.of("java.util." + type.simple())));
      case "Map" -> Optional.of(new Value("Map.of()", Set.of("java.util.Map")));
      case "Stream" -> Optional.of(new Value("Stream.empty()", Set.of("java.util.stream.Stream")));
      case "[]" ->
          type.element().array() || !type.element().known()
              ? Optional.empty()
              : value("new " + type.element().simple() + "[0]");
      default -> Optional.empty();
    };
  }

  private static Optional<Value> value(String text) {
    return Optional.of(new Value(text, Set.of()));
  }
}
