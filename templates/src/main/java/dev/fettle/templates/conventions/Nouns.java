package dev.fettle.templates.conventions;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names as words: what a name is about, how near two names are, and one noun put for another. */
public final class Nouns {
  private static final Pattern SUFFIX =
      Pattern.compile("(Entity|Dto|DTO|View|Record|Row|Model|Document|Response|Request)$");
  private static final Set<String> VERBS =
      Set.of("get", "is", "find", "load", "fetch", "lookup", "read", "by", "require", "has", "to");

  private Nouns() {}

  /** Lower-case words of a camel-case or underscored name. */
  static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    for (String w : name.split("(?<=[a-z0-9])(?=[A-Z])|[_\\W]+")) {
      if (!w.isEmpty()) {
        words.add(w.toLowerCase(Locale.ROOT));
      }
    }
    return words;
  }

  /** {@code name} for {@code getName}, {@code name} and {@code isName}. */
  public static String property(String member) {
    for (String prefix : List.of("get", "is")) {
      if (member.length() > prefix.length()
          && member.startsWith(prefix)
          && Character.isUpperCase(member.charAt(prefix.length()))) {
        String rest = member.substring(prefix.length());
        return Character.toLowerCase(rest.charAt(0)) + rest.substring(1);
      }
    }
    return member;
  }

  /** {@code orderLine} for type {@code OrderLineEntity}. */
  static String ofType(String simple) {
    String stem = SUFFIX.matcher(simple).replaceFirst("");
    String name = stem.isEmpty() ? simple : stem;
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /** {@code holiday} for {@code holidays}, {@code getHolidays} and {@code HOLIDAYS}. */
  public static String one(String many) {
    List<String> words = words(property(many));
    if (words.isEmpty()) {
      return many;
    }
    int last = words.size() - 1;
    String word = words.get(last);
    String single =
        word.endsWith("ies") && word.length() > 4
            ? word.substring(0, word.length() - 3) + "y"
            : word.endsWith("lves")
                ? word.substring(0, word.length() - 3) + "f"
                : word.matches(".*(ss|sh|ch|x)es")
                    ? word.substring(0, word.length() - 2)
                    : word.endsWith("s") && !word.endsWith("ss") && word.length() > 3
                        ? word.substring(0, word.length() - 1)
                        : word;
    words.set(last, single);
    return camel(words);
  }

  /**
   * How near two names are in [0, 1]: shared words over all words, verbs left out; a shared last
   * word counts double because it is the head of the compound.
   */
  public static double nearness(String a, String b) {
    if (a.equalsIgnoreCase(b)) {
      return 1;
    }
    List<String> left = content(a);
    List<String> right = content(b);
    if (left.isEmpty() || right.isEmpty()) {
      return 0;
    }
    Set<String> all = new LinkedHashSet<>(left);
    all.addAll(right);
    Set<String> shared = new LinkedHashSet<>(left);
    shared.retainAll(right);
    boolean head = left.get(left.size() - 1).equals(right.get(right.size() - 1));
    return (shared.size() + (head ? 1.0 : 0)) / (all.size() + 1.0);
  }

  private static List<String> content(String name) {
    List<String> words = new ArrayList<>(words(name));
    words.removeIf(VERBS::contains);
    words.replaceAll(w -> w.endsWith("s") && w.length() > 3 ? w.substring(0, w.length() - 1) : w);
    return words;
  }

  /** {@code text} with one noun put for another in every usual spelling. */
  static String replace(String text, String from, String to) {
    if (from.isEmpty() || to.isEmpty() || from.equals(to)) {
      return text;
    }
    String result = text;
    List<String> a = words(from);
    List<String> b = words(to);
    for (String joint : List.of(" ", "-", "_")) {
      result = whole(result, String.join(joint, a), String.join(joint, b));
      result = whole(result, upperFirst(String.join(joint, a)), upperFirst(String.join(joint, b)));
      result =
          whole(
              result,
              String.join(joint, a).toUpperCase(Locale.ROOT),
              String.join(joint, b).toUpperCase(Locale.ROOT));
      if (a.size() == 1) {
        break;
      }
    }
    result = whole(result, camel(a), camel(b));
    return whole(result, upperFirst(camel(a)), upperFirst(camel(b)));
  }

  /** {@code order line} for {@code orderLine}. */
  static String spoken(String noun) {
    return String.join(" ", words(noun));
  }

  private static String whole(String text, String from, String to) {
    return text.replaceAll(
        "(?<![A-Za-z])" + Pattern.quote(from) + "(?![a-z])",
        java.util.regex.Matcher.quoteReplacement(to));
  }

  private static String camel(List<String> words) {
    StringBuilder name = new StringBuilder(words.get(0));
    words.subList(1, words.size()).forEach(w -> name.append(upperFirst(w)));
    return name.toString();
  }

  private static String upperFirst(String s) {
    return s.isEmpty() ? s : Character.toUpperCase(s.charAt(0)) + s.substring(1);
  }
}
