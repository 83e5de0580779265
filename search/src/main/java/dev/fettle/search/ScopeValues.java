package dev.fettle.search;

import com.sun.source.tree.Tree;
import dev.fettle.source.java.VisibleVariable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Expressions at a place whose values conditions are made of: whole numbers, and what holds or not.
 * Only such as change nothing when they are evaluated, as far as their names tell.
 */
final class ScopeValues {
  private static final int NUMBERS = 20;
  private static final int TRUTHS = 140;
  private static final Pattern CALL = Pattern.compile("(\\w+)\\s*\\(");
  private static final Pattern HARMLESS =
      Pattern.compile(
          "length|size|isEmpty|isBlank|contains\\w*|equals\\w*|charAt|indexOf|lastIndexOf|startsWith|endsWith"
              + "|hasNext|get|peek\\w*|first|last|abs|min|max|compareTo\\w*|(is|has|get|can)[A-Z]\\w*");

  private ScopeValues() {}

  /** An expression; its number is its place in the list. */
  record Value(String text, PredicateSpace.Column.Kind kind) {}

  /** The simplest first. */
  static List<Value> at(Site site) {
    Set<String> truths = new LinkedHashSet<>();
    Set<String> numbers = new LinkedHashSet<>();
    List<VisibleVariable> variables = site.around().variables(site.path());
    List<Surroundings.Expression> expressions = site.around().expressions(site.path());
    for (VisibleVariable v : variables) {
      if (v.type().getKind() == TypeKind.DECLARED || v.type().getKind() == TypeKind.ARRAY) {
        truths.add(v.name() + " == null");
      }
    }
    Tree method = Surroundings.methodAround(site.path());
    List<Surroundings.Expression> far = new ArrayList<>();
    for (Surroundings.Expression e : expressions) {
      if (e.from() < 0 || method == null || near(site, method, e.from())) {
        add(e, expressions, truths, numbers);
      } else {
        far.add(e);
      }
    }
    truths.addAll(site.around().typeTests(site.path()));
    for (Queries.Query query : site.around().queries(site.path())) {
      if (query.kind() == TypeKind.BOOLEAN) {
        truths.add(query.text());
      } else if (numbers.size() < NUMBERS) {
        numbers.add(query.text());
      }
    }
    pairs(site, variables, truths);
    far.forEach(e -> add(e, expressions, truths, numbers));
    List<Value> all = new ArrayList<>();
    truths.stream()
        .limit(TRUTHS)
        .forEach(t -> all.add(new Value(t, PredicateSpace.Column.Kind.TRUTH)));
    numbers.forEach(n -> all.add(new Value(n, PredicateSpace.Column.Kind.NUMBER)));
    return all;
  }

  private static boolean near(Site site, Tree method, int from) {
    return site.file().start(method) <= from && from < site.file().end(method);
  }

  private static void add(
      Surroundings.Expression e,
      List<Surroundings.Expression> expressions,
      Set<String> truths,
      Set<String> numbers) {
    boolean literal = e.names().isEmpty() && !e.text().contains("(");
    if (literal || !harmless(e.text())) {
      return;
    }
    switch (e.type().getKind()) {
      case BOOLEAN -> truths.add(e.text());
      case INT, LONG, SHORT, BYTE -> {
        if (e.size() <= 4 && numbers.size() < NUMBERS) {
          numbers.add(e.size() > 2 && e.text().contains(" ") ? "(" + e.text() + ")" : e.text());
        }
      }
      case CHAR -> characters(e, expressions, truths);
      case DOUBLE, FLOAT -> reals(e, expressions, truths);
      case DECLARED -> {
        if (e.size() >= 2 && e.size() <= 3 && !e.text().contains(" ")) {
          truths.add(e.text() + " == null");
        }
      }
      default -> {
        // Nothing to ask.
      }
    }
  }

  /** Whether evaluating it changes nothing, as far as names of methods tell. */
  static boolean harmless(String text) {
    if (text.contains("++")
        || text.contains("--")
        || text.contains("new ")
        || text.contains("->")) {
      return false;
    }
    if (text.replaceAll("[=!<>]=", "").contains("=")) {
      return false;
    }
    Matcher call = CALL.matcher(text);
    while (call.find()) {
      if (!HARMLESS.matcher(call.group(1)).matches()) {
        return false;
      }
    }
    return true;
  }

  private static void characters(
      Surroundings.Expression e, List<Surroundings.Expression> others, Set<String> truths) {
    for (Surroundings.Expression other : others) {
      if (other.type().getKind() == TypeKind.CHAR
          && other.size() == 1
          && e.size() <= 3
          && !other.text().equals(e.text())) {
        truths.add(e.text() + " == " + other.text());
      }
    }
  }

  private static void reals(
      Surroundings.Expression e, List<Surroundings.Expression> others, Set<String> truths) {
    if (e.size() > 2) {
      return;
    }
    truths.add(e.text() + " == 0");
    truths.add(e.text() + " < 0");
    truths.add(e.text() + " > 0");
    for (Surroundings.Expression other : others) {
      boolean real =
          other.type().getKind() == TypeKind.DOUBLE || other.type().getKind() == TypeKind.FLOAT;
      if (real && other.size() <= 2 && !other.names().isEmpty() && !other.equals(e)) {
        truths.add(e.text() + " < " + other.text());
        truths.add(e.text() + " == " + other.text());
      }
    }
  }

  private static void pairs(Site site, List<VisibleVariable> variables, Set<String> truths) {
    for (VisibleVariable a : variables) {
      boolean many = site.around().isA(a.type(), "java.util.Collection");
      boolean map = site.around().isA(a.type(), "java.util.Map");
      if (many || map || site.around().isA(a.type(), "java.lang.String")) {
        truths.add(a.name() + ".isEmpty()");
      }
      for (VisibleVariable b : variables) {
        if (a.equals(b)) {
          continue;
        }
        if (many || map) {
          if (element(a.type(), b.type(), site)) {
            truths.add(a.name() + (map ? ".containsKey(" : ".contains(") + b.name() + ")");
          }
        } else if (a.type().getKind() == TypeKind.DECLARED
            && !(b.type() instanceof ArrayType)
            && site.around().fits(b.type(), a.type())) {
          truths.add(a.name() + ".equals(" + b.name() + ")");
          if (b.type().getKind() == TypeKind.DECLARED && a.name().compareTo(b.name()) < 0) {
            truths.add(a.name() + " == " + b.name());
          }
        }
      }
    }
  }

  private static boolean element(TypeMirror container, TypeMirror value, Site site) {
    return container instanceof DeclaredType d
        && !d.getTypeArguments().isEmpty()
        && site.around().fits(value, d.getTypeArguments().get(0));
  }
}
