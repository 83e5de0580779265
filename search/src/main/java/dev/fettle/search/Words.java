package dev.fettle.search;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names in code. A condition that is missing mostly asks about what the code beside it uses, so one
 * that names other things is less likely.
 */
final class Words {
  /** What a condition costs of which no name stands in the code beside it. Not measured. */
  private static final double STRANGE = 0.6;

  /** Of the code beside a place, so much is looked at. */
  private static final int NEAR = 400;

  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][\\w$]*");

  /** Constants are asked about wherever they are known. */
  private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]*");

  private static final Pattern LEAF = Pattern.compile("[\\w$]+(\\.[\\w$]+)*");
  private static final Set<String> COMMON =
      Set.of("null", "true", "false", "this", "instanceof", "length", "size", "isEmpty", "equals");

  private Words() {}

  /**
   * In [0, {@value #STRANGE}]: more, the fewer names of a condition stand in the code beside it.
   */
  static double strangeness(String condition, String beside) {
    Set<String> own = of(condition);
    if (own.isEmpty()) {
      return STRANGE / 2;
    }
    int all = own.size();
    own.retainAll(of(beside.substring(0, Math.min(NEAR, beside.length()))));
    return STRANGE * (all - own.size()) / all;
  }

  /** Names and literals of a condition, a call counted with its receiver. */
  static int leaves(String condition) {
    return (int) LEAF.matcher(condition).results().count();
  }

  private static Set<String> of(String code) {
    Set<String> names = new HashSet<>();
    Matcher name = NAME.matcher(code);
    while (name.find()) {
      if (!COMMON.contains(name.group()) && !CONSTANT.matcher(name.group()).matches()) {
        names.add(name.group());
      }
    }
    return names;
  }
}
