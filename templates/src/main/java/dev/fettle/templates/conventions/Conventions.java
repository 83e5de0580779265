package dev.fettle.templates.conventions;

import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import dev.fettle.templates.code.Declarations;
import dev.fettle.templates.code.Scope;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.code.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ranks what could be done about a situation by what the code base does about it elsewhere: the
 * same lookup or property weighs more than the same type, the same class more than the same
 * package. What no precedent covers gets the answer that the place itself suggests. Confined.
 */
public final class Conventions {
  private static final int MOST_ANSWERS = 8;
  private static final double LEFT_OUT = 0.35;

  private final Statuses statuses;
  private final Exceptions exceptions;
  private final List<Sighting> sightings = new ArrayList<>();
  private final boolean spring;

  private Conventions(Declarations declarations) {
    this.statuses = Statuses.of(declarations);
    List<Miner.Construction> constructions = new ArrayList<>();
    for (Unit unit : declarations.units()) {
      Miner m = new Miner(declarations, unit).mine();
      sightings.addAll(m.sightings());
      constructions.addAll(m.constructions());
    }
    this.exceptions = new Exceptions(declarations, statuses, constructions);
    this.spring =
        declarations.units().stream()
            .anyMatch(u -> u.text().contains("import org.springframework.web."));
  }

  public static Conventions of(Declarations declarations) {
    return new Conventions(declarations);
  }

  /**
   * What to do about {@code target}, best first, without duplicates.
   *
   * @param at names visible at the place of need
   */
  public List<Answer> answers(Situation situation, Subject target, Scope at, Need need) {
    List<Answer> all = new ArrayList<>();
    for (Sighting s : sightings) {
      if (related(s.situation(), situation) && !here(s, at, target)) {
        for (Answer.Kind kind : kinds(s, need)) {
          fitted(s, kind, situation, target, at, need).ifPresent(all::add);
        }
      }
    }
    all.addAll(new Defaults(statuses, exceptions, spring).answers(situation, target, at, need));
    if (situation == Situation.ABSENT && at.mayBeLeftOut(target.text())) {
      all.replaceAll(Conventions::notRefused);
    }
    all.sort(Comparator.comparingDouble(Answer::score).reversed());
    Map<String, Answer> distinct = new LinkedHashMap<>();
    all.forEach(a -> distinct.putIfAbsent(a.kind() + " " + a.text(), a));
    return distinct.values().stream().limit(MOST_ANSWERS).toList();
  }

  /** What a caller may leave out is not asked for. */
  private static Answer notRefused(Answer a) {
    return a.kind() == Answer.Kind.THROW
        ? new Answer(a.kind(), a.text(), a.imports(), a.score() - LEFT_OUT, a.because())
        : a;
  }

  private static boolean related(Situation seen, Situation wanted) {
    return seen == wanted
        || switch (wanted) {
          case ABSENT -> seen == Situation.EMPTY;
          case EMPTY -> seen == Situation.ABSENT || seen == Situation.ZERO;
          case UNPARSABLE, OUT_OF_RANGE -> seen != Situation.UNKNOWN_CASE;
          case ZERO -> seen == Situation.EMPTY || seen == Situation.ABSENT;
          case WRONG_TYPE -> seen != Situation.UNKNOWN_CASE && seen != Situation.ZERO;
          case UNKNOWN_CASE -> false;
        };
  }

  /** A check of the very value at the very place is what failed to help. */
  private static boolean here(Sighting s, Scope at, Subject target) {
    return sameMethod(s.scope(), at)
        && s.subject().text().equals(target.text())
        && s.response() == Sighting.Response.SKIP;
  }

  private static boolean sameMethod(Scope a, Scope b) {
    return a.unit().path().equals(b.unit().path())
        && a.method() != null
        && b.method() != null
        // names of two compilations are never equal
        && a.method().getName().contentEquals(b.method().getName())
        && a.method().getParameters().size() == b.method().getParameters().size();
  }

  private Optional<Answer> fitted(
      Sighting s, Answer.Kind kind, Situation situation, Subject target, Scope at, Need need) {
    if (!feasible(s, kind, need)) {
      return Optional.empty();
    }
    double score = score(s, kind, situation, target, at, need);
    if (score < 0.2) {
      return Optional.empty();
    }
    if (kind == Answer.Kind.CONTINUE) {
      return Optional.of(answer(kind, new Fitting.Fitted("", java.util.Set.of()), score, s));
    }
    return new Fitting(s.subject(), s.scope(), target, at)
        .saying(Exceptions.message(situation, target, at))
        .fit(s.value())
        .map(f -> answer(kind, f, score, s));
  }

  private static Answer answer(Answer.Kind kind, Fitting.Fitted fitted, double score, Sighting s) {
    return new Answer(kind, fitted.text(), fitted.imports(), score, "as " + s.display() + " does");
  }

  private static List<Answer.Kind> kinds(Sighting s, Need need) {
    return switch (s.response()) {
      case THROW -> List.of(Answer.Kind.THROW);
      case RETURN -> List.of(Answer.Kind.RETURN);
      case DEFAULT ->
          response(s, need)
              ? List.of(Answer.Kind.DEFAULT, Answer.Kind.RETURN)
              : List.of(Answer.Kind.DEFAULT);
      case CONTINUE -> List.of(Answer.Kind.CONTINUE);
      case SKIP -> need.loop() ? List.of(Answer.Kind.CONTINUE) : List.of();
      case BREAK -> List.of();
    };
  }

  /** Whether what is put instead is a whole response, which a method of that type may return. */
  private static boolean response(Sighting s, Need need) {
    return need.returns().simple().equals("ResponseEntity")
        && s.value() != null
        && s.value().toString().matches("(?s)(new )?ResponseEntity\\b.*");
  }

  private static boolean feasible(Sighting s, Answer.Kind kind, Need need) {
    return switch (kind) {
      case THROW -> s.value() != null;
      case CONTINUE -> need.loop();
      case RETURN ->
          s.value() == null
              ? need.returns().simple().equals("void")
              : need.returnable() && valueFits(s, s.value(), need.returns());
      case DEFAULT ->
          s.value() != null
              && need.wanted().known()
              && !need.wanted().simple().equals("void")
              && !(need.use() == Need.Use.CONCATENATED && isNull(s))
              && valueFits(s, s.value(), need.wanted());
    };
  }

  private static boolean valueFits(Sighting s, ExpressionTree value, TypeName wanted) {
    if (value.getKind() == Tree.Kind.NULL_LITERAL) {
      return !wanted.primitive();
    }
    TypeName type = s.scope().typeOf(value);
    if (type.sameAs(wanted)) {
      return true;
    }
    if (value instanceof LiteralTree && type.numeric() && wanted.primitive()) {
      return wanted.numeric();
    }
    String text = value.toString();
    return !type.known()
        && (empties(wanted).contains(text) || text.startsWith(wanted.simple() + "."));
  }

  private static List<String> empties(TypeName wanted) {
    return switch (wanted.simple()) {
      case "List" -> List.of("List.of()", "Collections.emptyList()");
      case "Set" -> List.of("Set.of()", "Collections.emptySet()");
      case "Map" -> List.of("Map.of()", "Collections.emptyMap()");
      case "Optional" -> List.of("Optional.empty()");
      default -> List.of();
    };
  }

  private double score(
      Sighting s, Answer.Kind kind, Situation situation, Subject target, Scope at, Need need) {
    Subject seen = s.subject();
    double kin = kinship(seen, target, at);
    boolean sameMethod = sameMethod(s.scope(), at);
    double near =
        s.scope().unit().path().equals(at.unit().path())
            ? sameMethod ? 0.24 : 0.2
            : s.scope().unit().packageName().equals(at.unit().packageName()) ? 0.12 : 0.06;
    double score = 0.3 + 0.42 * kin + near + (sameShape(s, need) ? 0.16 : 0);
    // a method that leaves in one way for what it cannot use leaves so for all that it cannot use
    boolean leaves = kind == Answer.Kind.RETURN || kind == Answer.Kind.CONTINUE;
    boolean habit = sameMethod && leaves && s.response() != Sighting.Response.SKIP;
    score += habit ? 0.3 : 0;
    score -= s.situation() == situation || habit ? 0 : 0.12;
    score -= seen.fromRequest() == target.fromRequest() ? 0 : 0.1;
    score -= seen.source() == target.source() || habit ? 0 : kin > 0.9 ? 0.02 : 0.08;
    return switch (kind) {
      case THROW -> score + status(s, target, at, kin, situation);
      case RETURN ->
          score
              - (kin > 0.7 || habit ? 0.04 : 0.14)
              - (isNull(s) ? 0.15 : 0)
              - (kin < 0.5 && near < 0.2 ? 0.12 : 0);
      case CONTINUE -> score - (s.response() == Sighting.Response.SKIP ? 0.2 : 0.02);
      case DEFAULT ->
          score
              - (need.use() == Need.Use.MULTIPLIED && kin < 0.9 ? 0.2 : 0)
              - (kin < 0.1 ? 0.05 : 0);
    };
  }

  /** Whether the precedent does the same with its value where that is fine. */
  private static boolean sameShape(Sighting s, Need need) {
    if (!(s.at() instanceof ConditionalExpressionTree c) || need.shape().length() < 3) {
      return false;
    }
    Tree fine = c.getTrueExpression() == s.value() ? c.getFalseExpression() : c.getTrueExpression();
    return s.scope().unit().text(fine).replace(s.subject().text(), "_").equals(need.shape());
  }

  private static boolean isNull(Sighting s) {
    return s.value() != null && s.value().getKind() == Tree.Kind.NULL_LITERAL;
  }

  /** How alike the two values are in [0, 1]. */
  private static double kinship(Subject seen, Subject target, Scope at) {
    if (seen.sameOrigin(target)) {
      boolean sameThing = !target.owner().matches("\\w*Map") || seen.type().sameAs(target.type());
      return sameThing ? 1 : 0.6;
    }
    TypeName a = seen.type().optional() ? seen.type().element() : seen.type();
    TypeName b = target.type().optional() ? target.type().element() : target.type();
    boolean declared = at.declarations().type(b).isPresent();
    double byType = a.sameAs(b) ? declared ? 0.85 : 0.3 : 0;
    double byName =
        0.7 * Nouns.nearness(Nouns.property(seen.name()), Nouns.property(target.name()));
    double bySource = seen.source() == target.source() ? 0.2 : 0;
    double bySameAsker = sameAsker(seen, target) ? sameKey(seen, target) ? 0.95 : 0.5 : 0;
    return Math.max(Math.max(byType, byName), Math.max(bySource, bySameAsker));
  }

  private static boolean sameAsker(Subject seen, Subject target) {
    return !target.owner().isEmpty() && seen.owner().equals(target.owner());
  }

  /** Whether the same thing was asked about the same kind of key: is it known, and what is it. */
  private static boolean sameKey(Subject seen, Subject target) {
    return seen.source() == Subject.Source.LOOKUP
        && target.source() == Subject.Source.LOOKUP
        && seen.keyText() != null
        && target.keyText() != null
        && !seen.owner().matches("\\?|\\w*Map|\\w*List|String")
        && seen.keyText().matches("\\w+")
        && seen.keyText().equals(target.keyText());
  }

  /** Whether throwing that fits what is missing: 404 for things, other 4xx for what was sent. */
  private double status(Sighting s, Subject target, Scope at, double kin, Situation situation) {
    int code = statusOf(s);
    boolean lookup = situation == Situation.ABSENT && target.source() == Subject.Source.LOOKUP;
    boolean kept = kin > 0.8;
    if (code == 0 || code >= 500) {
      return kept ? 0 : -0.14;
    }
    if (code == 404) {
      return lookup && target.thing(at) ? 0.08 : kept ? (lookup ? 0 : -0.05) : -0.3;
    }
    if (code == 400 || code == 422) {
      if (lookup) {
        return target.thing(at) ? kept ? 0 : -0.12 : 0.06;
      }
      // what was stored is not the fault of the client that asks for it
      boolean own = kept && !s.subject().fromRequest();
      return target.fromRequest() ? 0.1 : target.stored() && !own ? -0.3 : 0.02;
    }
    return kept ? 0 : -0.25;
  }

  private int statusOf(Sighting s) {
    ExpressionTree value = s.value();
    if (value == null) {
      return 0;
    }
    List<? extends ExpressionTree> arguments =
        value instanceof NewClassTree made
            ? made.getArguments()
            : value instanceof MethodInvocationTree call ? call.getArguments() : List.of();
    Optional<Integer> given =
        statuses.among(arguments, s.scope().unit()).or(() -> WrittenStatus.said(value.toString()));
    if (given.isPresent()) {
      return given.get();
    }
    if (value instanceof MethodInvocationTree made
        && made.getMethodSelect() instanceof MemberSelectTree factory) {
      String type = factory.getExpression().toString();
      return statuses.ofFactory(type, factory.getIdentifier().toString());
    }
    if (value instanceof MemberReferenceTree made) {
      String type = made.getQualifierExpression().toString();
      return made.getMode() == MemberReferenceTree.ReferenceMode.NEW
          ? statuses.of(type.substring(type.lastIndexOf('.') + 1))
          : statuses.ofFactory(type, made.getName().toString());
    }
    return statuses.of(s.scope().typeOf(value).simple());
  }
}
