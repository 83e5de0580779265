package dev.fettle.llm.repair;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Conditions and ingredients of an answer that a search may complete. Each is one expression
 * without effects of its own: it assigns, creates and declares nothing, cannot be closed from
 * within, and names only what the shown files name, or a few harmless methods. What is left out is
 * not told. Stateless.
 *
 * @param conditions at most 6 boolean expressions
 * @param ingredients at most 6 expressions
 */
public record ProposedExpressions(List<String> conditions, List<String> ingredients) {
  private static final int MOST = 6;
  private static final int LONGEST = 160;
  private static final Pattern TOKENS =
      Pattern.compile(
          "\\s+|[A-Za-z_][A-Za-z_0-9]*|\\d[\\w.]*|\"[^\"\\\\\\p{Cntrl}]*\"|'[^'\\\\\\p{Cntrl}]'"
              + "|&&|\\|\\||==|!=|<=|>=|[-+*/%<>!?:.,()\\[\\]&|^~]");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");

  /** What a language model may use besides the names of the shown files; all without effects. */
  private static final Set<String> HARMLESS =
      Set.of(
          "null",
          "true",
          "false",
          "this",
          "instanceof",
          "int",
          "long",
          "double",
          "char",
          "boolean",
          "String",
          "Integer",
          "Long",
          "Double",
          "Math",
          "Objects",
          "Collections",
          "List",
          "Map",
          "Set",
          "Optional",
          "Arrays",
          "Character",
          "length",
          "size",
          "isEmpty",
          "isBlank",
          "equals",
          "contains",
          "containsKey",
          "get",
          "getOrDefault",
          "charAt",
          "substring",
          "indexOf",
          "abs",
          "min",
          "max",
          "floorMod",
          "floorDiv",
          "requireNonNullElse",
          "emptyList",
          "emptyMap",
          "emptySet",
          "of",
          "empty",
          "valueOf",
          "compareTo",
          "trim",
          "strip",
          "toLowerCase",
          "toUpperCase",
          "startsWith",
          "endsWith",
          "isDigit",
          "isLetter",
          "MAX_VALUE",
          "MIN_VALUE",
          "orElse",
          "isPresent",
          "hashCode",
          "signum",
          "isNaN");

  /** Words that do more than look, even where a shown file uses them. */
  private static final Set<String> NEVER =
      Set.of(
          "new",
          "switch",
          "throw",
          "return",
          "class",
          "super",
          "System",
          "Runtime",
          "Process",
          "ProcessBuilder",
          "Thread",
          "Class",
          "ClassLoader",
          "Files",
          "Paths",
          "Path",
          "File",
          "Socket",
          "URL",
          "URI",
          "Unsafe",
          "exit",
          "exec",
          "halt",
          "getClass",
          "forName",
          "invoke",
          "reflect",
          "java",
          "javax",
          "sun",
          "jdk",
          "load",
          "loadLibrary",
          "eval");

  public ProposedExpressions {
    conditions = List.copyOf(conditions);
    ingredients = List.copyOf(ingredients);
  }

  /**
   * Those of an answer that may be used.
   *
   * @param files texts of the files of which something was shown
   */
  static ProposedExpressions read(JsonNode answer, List<String> files) {
    Set<String> known = new HashSet<>(HARMLESS);
    for (String file : files) {
      Matcher names = NAME.matcher(file);
      while (names.find()) {
        known.add(names.group());
      }
    }
    known.removeAll(NEVER);
    return new ProposedExpressions(
        usable(answer.path("conditions"), known), usable(answer.path("ingredients"), known));
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return conditions.isEmpty() && ingredients.isEmpty();
  }

  private static List<String> usable(JsonNode texts, Set<String> known) {
    Set<String> usable = new LinkedHashSet<>();
    for (JsonNode text : texts) {
      String bare = text.asString("").strip();
      if (usable.size() < MOST && isExpression(bare, known)) {
        usable.add(bare);
      }
    }
    return new ArrayList<>(usable);
  }

  private static boolean isExpression(String text, Set<String> known) {
    if (text.isEmpty() || text.length() > LONGEST || text.contains("//") || text.contains("/*")) {
      return false;
    }
    Matcher token = TOKENS.matcher(text);
    int at = 0;
    StringBuilder open = new StringBuilder();
    while (at < text.length() && token.find(at) && token.start() == at) {
      String word = token.group();
      boolean name = NAME.matcher(word).matches();
      if ((name && !known.contains(word)) || !nests(word, open)) {
        return false;
      }
      at = token.end();
    }
    boolean counts = text.contains("++") || text.contains("--") || text.contains("->");
    return at == text.length() && open.isEmpty() && !counts && !text.contains("::");
  }

  private static boolean nests(String word, StringBuilder open) {
    switch (word) {
      case "(", "[" -> open.append(word);
      case ")", "]" -> {
        int last = open.length() - 1;
        if (last < 0 || (open.charAt(last) == '(') != word.equals(")")) {
          return false;
        }
        open.setLength(last);
      }
      default -> {
        return true;
      }
    }
    return true;
  }
}
