package dev.fettle.search;

import com.sun.source.util.TreePath;
import dev.fettle.source.java.VisibleVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Conditions that may be written at a place, from what is in scope there. */
final class Predicates {
  private static final int NUMBERS = 14;

  private Predicates() {}

  /**
   * A condition.
   *
   * @param extra how odd it is, from 0
   */
  record Predicate(String text, double extra) {}

  /** Conditions and their opposites, as likely as the likeliest that are in scope. */
  static List<Predicate> suggested(List<String> conditions) {
    List<Predicate> all = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      String text = conditions.get(i);
      boolean atom = text.matches("[\\w.]+(\\([^()]*\\))?");
      all.add(new Predicate(atom ? text : "(" + text + ")", 0.1 * i));
      all.add(new Predicate("!" + (atom ? text : "(" + text + ")"), 0.1 * i + 0.05));
    }
    return all;
  }

  /** Texts once, the likeliest first. */
  static List<Predicate> at(Site site) {
    if (!site.suggested().isEmpty()) {
      return site.suggested();
    }
    TreePath path = site.path();
    Map<String, Double> found = new LinkedHashMap<>();
    List<String> numbers = new ArrayList<>();
    Map<String, Integer> sizes = new HashMap<>();
    for (Surroundings.Expression e : site.around().expressions(path)) {
      TypeKind kind = e.type().getKind();
      boolean literal = e.names().isEmpty();
      if (kind == TypeKind.BOOLEAN && !literal) {
        boolean atom = e.size() == 1 || !e.text().contains(" ");
        put(found, e.text(), 0.15 * (e.size() - 1));
        put(found, "!" + (atom ? e.text() : "(" + e.text() + ")"), 0.2 + 0.15 * (e.size() - 1));
      } else if ((kind == TypeKind.INT || kind == TypeKind.LONG)
          && !literal
          && e.size() <= 3
          && numbers.size() < NUMBERS) {
        numbers.add(e.text());
        sizes.put(e.text(), e.size());
      } else if (kind == TypeKind.CHAR && !literal && e.size() <= 3) {
        put(found, e.text() + " == ' '", 1.5);
        put(found, e.text() + " != ' '", 1.5);
      }
    }
    for (VisibleVariable v : site.around().variables(path)) {
      if (v.type().getKind() == TypeKind.DECLARED || v.type().getKind() == TypeKind.ARRAY) {
        put(found, v.name() + " == null", 0.1);
        put(found, v.name() + " != null", 0.1);
      }
      if (v.type() instanceof ArrayType) {
        put(found, v.name() + ".length == 0", 0.3);
        put(found, v.name() + ".length > 0", 0.5);
      } else if (site.around().isA(v.type(), "java.util.Collection")
          || site.around().isA(v.type(), "java.util.Map")
          || site.around().isA(v.type(), "java.lang.String")) {
        put(found, v.name() + ".isEmpty()", 0.2);
        put(found, "!" + v.name() + ".isEmpty()", 0.2);
      }
    }
    asked(site, found);
    for (Surroundings.Expression e : site.around().expressions(path)) {
      if (e.size() >= 2
          && e.size() <= 3
          && e.text().matches("[\\w]+(\\.\\w+|\\[\\w+])")
          && e.type().getKind() == TypeKind.DECLARED) {
        put(found, e.text() + " == null", 0.3);
        put(found, e.text() + " != null", 0.3);
      }
    }
    List<VisibleVariable> variables = site.around().variables(path);
    for (VisibleVariable a : variables) {
      boolean set = site.around().isA(a.type(), "java.util.Collection");
      boolean map = site.around().isA(a.type(), "java.util.Map");
      boolean boxed =
          site.around().isA(a.type(), "java.lang.String")
              || site.around().isA(a.type(), "java.lang.Number");
      for (VisibleVariable b : variables) {
        if (boxed && !a.equals(b) && site.around().fits(a.type(), b.type())) {
          put(found, a.name() + ".equals(" + b.name() + ")", 0.4);
          put(found, "!" + a.name() + ".equals(" + b.name() + ")", 0.5);
        }
        if ((set || map) && !a.equals(b) && element(a.type(), b.type(), site)) {
          String call = a.name() + (set ? ".contains(" : ".containsKey(") + b.name() + ")";
          put(found, call, 0.3);
          put(found, "!" + call, 0.3);
        }
      }
    }
    for (int i = 0; i < numbers.size(); i++) {
      String a = numbers.get(i);
      double odd = 0.03 * i + 0.15 * (sizes.getOrDefault(a, 1) - 1);
      for (String zero :
          List.of("> 0", "== 0", "< 0", ">= 0", "!= 0", "== 1", "<= 0", "> 1", "<= 1", "== -1")) {
        put(found, a + " " + zero, 0.3 + odd);
      }
      for (int j = 0; j < numbers.size(); j++) {
        String b = numbers.get(j);
        if (i < j) {
          for (String operator : List.of("<", ">", "<=", ">=", "==", "!=")) {
            put(found, a + " " + operator + " " + b, 0.4 + odd + 0.03 * j);
          }
          put(found, a + " + 1 < " + b, 0.8 + odd + 0.03 * j);
        } else if (i > j) {
          put(found, a + " + 1 < " + b, 0.8 + odd + 0.03 * j);
        }
      }
    }
    List<Predicate> all = new ArrayList<>();
    found.forEach((text, extra) -> all.add(new Predicate(text, extra)));
    return all;
  }

  /** Questions without an argument, and tests of types. */
  private static void asked(Site site, Map<String, Double> found) {
    int asked = 0;
    for (Queries.Query query : site.around().queries(site.path())) {
      double odd = Math.min(0.8, 0.4 + 0.02 * asked++);
      if (query.kind() == TypeKind.BOOLEAN) {
        put(found, query.text(), odd);
        put(found, "!" + query.text(), odd);
      } else {
        put(found, query.text() + " == 0", odd + 0.1);
        put(found, query.text() + " > 0", odd + 0.2);
        put(found, query.text() + " > 1", odd + 0.3);
      }
    }
    for (String test : site.around().typeTests(site.path())) {
      put(found, test, 0.4);
      put(found, "!(" + test + ")", 0.5);
    }
  }

  private static boolean element(TypeMirror container, TypeMirror value, Site site) {
    return container instanceof DeclaredType d
        && !d.getTypeArguments().isEmpty()
        && site.around().fits(value, d.getTypeArguments().get(0));
  }

  private static void put(Map<String, Double> found, String text, double extra) {
    found.merge(text, extra, Math::min);
  }
}
