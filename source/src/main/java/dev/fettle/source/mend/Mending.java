package dev.fettle.source.mend;

import dev.fettle.source.java.JavaProject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds edits for compiler errors: missing and misspelled names, missing imports, wrong types,
 * missing returns, unreachable statements, missing or surplus punctuation, unhandled exceptions.
 * Whether an edit helps is for the compiler to say. Confined to one thread.
 */
public final class Mending {
  private static final int MOST = 24;
  private static final Pattern EXPECTED =
      Pattern.compile("^'(.{1,2})'(?: or '(.{1,2})')* expected");
  private static final Pattern CONVERSION =
      Pattern.compile("(?:incompatible types: )(.+?) cannot be converted to (.+?)(?: \\||$)");
  private static final Pattern LOSSY =
      Pattern.compile("possible lossy conversion from (\\w+) to (\\w+)");
  private static final Pattern UNREPORTED = Pattern.compile("unreported exception ([\\w.]+)");
  private static final Pattern VARIABLE = Pattern.compile("variable (\\w+)");

  private final KnownTypes types;

  public Mending(JavaProject project) {
    this.types = new KnownTypes(project);
  }

  /** Likeliest first, at most {@value #MOST}. */
  public List<Mend> ideas(Problem problem, String text) {
    Source source = Source.of(problem.path(), text);
    List<Mend> ideas = new ArrayList<>();
    int at = problem.offset(text);
    String message = problem.message();
    if (message.startsWith("cannot find symbol")) {
      symbol(problem, source, at, ideas);
    } else if (message.contains("package") && message.contains("does not exist")) {
      wrongImport(source, at, ideas);
    } else if (message.contains("missing return statement")) {
      missingReturn(source, at, ideas);
    } else if (message.contains("unreachable statement")) {
      unreachable(source, at, ideas);
    } else if (message.contains("unreported exception")) {
      unreported(message, source, at, ideas);
    } else if (message.contains("might not have been initialized")) {
      uninitialized(message, source, ideas);
    } else if (message.contains("reached end of file while parsing")) {
      ideas.add(source.insert(text.stripTrailing().length(), "\n}", "closes what is open", 1));
    } else if (message.contains("incompatible types") || message.contains("bad operand types")) {
      types(message, source, at, ideas);
    } else if (message.contains("already defined")) {
      redeclared(source, at, ideas);
    } else if (message.contains("does not override or implement")) {
      source.word("@Override", at).ifPresent(m -> ideas.add(m));
    }
    punctuation(message, source, at, ideas);
    return ideas.stream().sorted(Comparator.comparingDouble(Mend::cost)).limit(MOST).toList();
  }

  private void symbol(Problem problem, Source source, int at, List<Mend> ideas) {
    String symbol = problem.labeled("symbol:").orElse("");
    String name =
        symbol.replaceAll("^(class|variable|method|static) +", "").replaceAll("[(<].*", "");
    if (name.isEmpty()) {
      return;
    }
    int start = source.text().startsWith(name, at) ? at : source.text().indexOf(name, at);
    if (start < 0) {
      return;
    }
    boolean type = symbol.startsWith("class") || Character.isUpperCase(name.charAt(0));
    if (type) {
      double cost = 1;
      for (String qualified : types.named(name)) {
        if (qualified.contains(".") && !qualified.startsWith("java.lang." + name)) {
          ideas.add(source.importing(qualified, cost));
          cost += 0.1;
        }
      }
    }
    Set<String> near = new TreeSet<>(KnownTypes.identifiers(source.code()));
    String location = problem.labeled("location:").orElse("");
    Set<String> members =
        types.members(
            location
                .replaceAll("^variable \\w+ of type ", "")
                .replaceAll("^(class|interface|enum) ", ""));
    near.addAll(members);
    near.remove(name);
    for (String other : near) {
      int distance = Distance.of(name, other);
      boolean close = distance <= Math.max(1, Math.min(3, name.length() / 3));
      if (close || Distance.alike(name, other)) {
        double cost =
            1
                + (close ? 0.3 * distance : 1.2)
                + (members.contains(other) ? 0 : 0.2)
                + (Character.isUpperCase(other.charAt(0)) == type ? 0 : 1);
        ideas.add(
            source.replace(
                start,
                start + name.length(),
                other,
                name + " is not known; " + other + " is",
                cost));
      }
    }
    if (symbol.startsWith("variable")
        && source.text().startsWith("()", start + name.length()) == false) {
      ideas.add(source.insert(start + name.length(), "()", "calls " + name, 2.2));
    } else if (symbol.startsWith("method")) {
      Matcher empty = Pattern.compile("\\s*\\(\\s*\\)").matcher(source.text());
      if (empty.find(start + name.length()) && empty.start() == start + name.length()) {
        ideas.add(source.replace(empty.start(), empty.end(), "", name + " is no method", 1.8));
      }
    }
  }

  private void wrongImport(Source source, int at, List<Mend> ideas) {
    Matcher m = Pattern.compile("import\\s+(?:static\\s+)?([\\w.]+)\\s*;").matcher(source.text());
    while (m.find()) {
      if (at >= m.start() && at <= m.end()) {
        String simple = m.group(1).substring(m.group(1).lastIndexOf('.') + 1);
        for (String qualified : types.named(simple)) {
          ideas.add(source.replace(m.start(1), m.end(1), qualified, "imports " + qualified, 1));
        }
        ideas.add(source.replace(m.start(), m.end(), "", "drops an import of nothing", 3));
      }
    }
  }

  private static void missingReturn(Source source, int at, List<Mend> ideas) {
    Optional<Source.Method> method = source.methodAround(at);
    if (method.isEmpty()) {
      return;
    }
    String type = method.get().returnType();
    String indent = source.indentation(method.get().start()) + source.step();
    int end = method.get().end() - 1; // the closing brace
    int lineStart = source.text().lastIndexOf('\n', end - 1) + 1;
    int place = source.text().substring(lineStart, end).isBlank() ? lineStart : end;
    double cost = 1;
    List<String> variables = new ArrayList<>(source.variables(method.get(), type));
    java.util.Collections.reverse(variables);
    for (String variable : variables) {
      ideas.add(
          source.insert(place, indent + "return " + variable + ";\n", "returns " + variable, cost));
      cost += 0.2;
    }
    for (String value : defaults(type)) {
      ideas.add(source.insert(place, indent + "return " + value + ";\n", "returns " + value, 2));
    }
  }

  private static List<String> defaults(String type) {
    return switch (type) {
      case "boolean", "Boolean" -> List.of("false", "true");
      case "int", "short", "byte" -> List.of("0", "-1");
      case "long", "double", "float", "char" -> List.of("0");
      case "String" -> List.of("\"\"", "null");
      default -> List.of("null");
    };
  }

  private static void unreachable(Source source, int at, List<Mend> ideas) {
    source
        .statements(at)
        .ifPresent(
            pair -> {
              String before = source.text(pair.before());
              String dead = source.text(pair.at());
              String between = source.text().substring(pair.before().end(), pair.at().start());
              if (pair.before().end() > 0) {
                ideas.add(
                    source.replace(
                        pair.before().start(),
                        pair.at().end(),
                        dead + between + before,
                        "runs the statement before the jump over it",
                        1));
                ideas.add(
                    source.removeLine(pair.before(), "drops the jump before a statement", 1.5));
              }
              ideas.add(source.removeLine(pair.at(), "drops a statement that never runs", 1.2));
            });
  }

  private static void unreported(String message, Source source, int at, List<Mend> ideas) {
    Matcher m = UNREPORTED.matcher(message);
    Optional<Source.Method> method = source.methodAround(at);
    if (!m.find() || method.isEmpty()) {
      return;
    }
    String type = m.group(1).substring(m.group(1).lastIndexOf('.') + 1);
    int brace = method.get().body();
    String head = source.text().substring(method.get().start(), brace);
    String added = head.contains(" throws ") ? ", " + type + " " : "throws " + type + " ";
    int place = brace;
    if (head.contains(" throws ")) {
      place = method.get().start() + head.stripTrailing().length();
      added = ", " + type;
    }
    ideas.add(source.insert(place, added, "declares that it throws " + type, 1));
  }

  private static void uninitialized(String message, Source source, List<Mend> ideas) {
    Matcher m = VARIABLE.matcher(message);
    if (!m.find()) {
      return;
    }
    Matcher declaration =
        Pattern.compile("\\b([\\w<>\\[\\].]+)\\s+" + m.group(1) + "\\s*;").matcher(source.text());
    while (declaration.find()) {
      for (String value : defaults(declaration.group(1))) {
        ideas.add(
            source.insert(
                declaration.end() - 1, " = " + value, m.group(1) + " begins as " + value, 1));
      }
    }
  }

  private void types(String message, Source source, int at, List<Mend> ideas) {
    Matcher lossy = LOSSY.matcher(message);
    Matcher conversion = CONVERSION.matcher(message);
    Optional<Source.Span> span = source.expression(at);
    if (span.isEmpty()) {
      return;
    }
    String from = lossy.find() ? lossy.group(1) : "";
    String to = from.isEmpty() ? "" : lossy.group(2);
    if (conversion.find()) {
      from = conversion.group(1).strip();
      to = conversion.group(2).strip();
    }
    String old = source.text(span.get());
    Map<String, Double> wrapped = new LinkedHashMap<>(conversions(old, from, to));
    wrapped.forEach(
        (after, cost) ->
            ideas.add(
                source.replace(
                    span.get().start(),
                    span.get().end(),
                    after,
                    "converts the value to what is wanted",
                    cost)));
    if (message.contains("boolean")) {
      Matcher assigned = Pattern.compile("(?<![=!<>+\\-*/%&|^])=(?!=)").matcher(source.text());
      int line = source.text().lastIndexOf('\n', at) + 1;
      int end = source.text().indexOf('\n', at);
      assigned.region(line, end < 0 ? source.text().length() : end);
      while (assigned.find()) {
        ideas.add(
            source.replace(assigned.start(), assigned.end(), "==", "compares, not assigns", 1));
      }
    }
    if (!from.isEmpty()) {
      declaredType(source, span.get(), from, to, ideas);
    }
  }

  private static Map<String, Double> conversions(String old, String from, String to) {
    Map<String, Double> wrapped = new LinkedHashMap<>();
    String bare = to.replaceAll("^java\\.lang\\.", "");
    String atom = old.matches("[\\w.()\\[\\]]+") ? old : "(" + old + ")";
    switch (bare) {
      case "String" -> {
        wrapped.put("String.valueOf(" + old + ")", 1.0);
        wrapped.put(atom + ".toString()", 1.2);
      }
      case "int" -> {
        if (from.equals("String")) {
          wrapped.put("Integer.parseInt(" + old + ")", 1.0);
          wrapped.put(atom + ".length()", 1.6);
        } else if (from.equals("boolean")) {
          wrapped.put(atom + " ? 1 : 0", 1.4);
        } else if (from.contains("[]")) {
          wrapped.put(atom + ".length", 1.3);
        } else if (from.contains("<") || from.contains("List") || from.contains("Map")) {
          wrapped.put(atom + ".size()", 1.3);
        }
        wrapped.put("(int) " + atom, 1.1);
      }
      case "long" ->
          wrapped.put(
              from.equals("String") ? "Long.parseLong(" + old + ")" : "(long) " + atom, 1.0);
      case "double" ->
          wrapped.put(
              from.equals("String") ? "Double.parseDouble(" + old + ")" : "(double) " + atom, 1.0);
      case "boolean" -> {
        wrapped.put(atom + " != 0", 1.2);
        wrapped.put(atom + " != null", 1.4);
      }
      case "char" -> {
        if (from.equals("String")) {
          wrapped.put(
              old.matches("\"[^\"\\\\]\"")
                  ? "'" + (old.equals("\"'\"") ? "\\'" : old.substring(1, 2)) + "'"
                  : atom + ".charAt(0)",
              1.0);
        }
        wrapped.put("(char) " + atom, 1.1);
      }
      default -> {}
    }
    if (!bare.isEmpty() && !bare.equals("boolean")) {
      wrapped.putIfAbsent("(" + bare + ") " + atom, 1.6);
    }
    if (from.startsWith("Optional") || from.startsWith("java.util.Optional")) {
      wrapped.put(atom + ".orElse(null)", 1.3);
    }
    return wrapped;
  }

  /** The declared type of the variable or method that takes the value. */
  private static void declaredType(
      Source source, Source.Span span, String from, String to, List<Mend> ideas) {
    String simple = to.replaceAll("[\\w]+\\.", "");
    String wanted = from.replaceAll("[\\w]+\\.", "");
    if (simple.isEmpty() || wanted.contains("null")) {
      return;
    }
    int line = source.text().lastIndexOf('\n', span.start()) + 1;
    Matcher m =
        Pattern.compile("\\b" + Pattern.quote(simple) + "(?=\\s+\\w+\\s*=)").matcher(source.text());
    m.region(line, span.start());
    if (m.lookingAt() || m.find()) {
      ideas.add(
          source.replace(m.start(), m.end(), wanted, "declares the type that the value has", 1.5));
    }
    source
        .methodAround(span.start())
        .filter(x -> x.returnType().equals(simple))
        .ifPresent(
            method ->
                ideas.add(
                    source.replace(
                        method.type().start(),
                        method.type().end(),
                        wanted,
                        "returns the type that the value has",
                        2.0)));
  }

  private static void redeclared(Source source, int at, List<Mend> ideas) {
    Matcher m =
        Pattern.compile("(?:final\\s+)?[\\w<>\\[\\].]+\\s+(?=\\w+\\s*=)").matcher(source.text());
    int line = source.text().lastIndexOf('\n', at) + 1;
    m.region(line, source.text().length());
    if (m.find() && m.start() <= at) {
      ideas.add(source.replace(m.start(), m.end(), "", "assigns instead of declaring again", 1));
    }
  }

  /** What is expected, and what may be too much. */
  private static void punctuation(String message, Source source, int at, List<Mend> ideas) {
    Matcher m = EXPECTED.matcher(message);
    String text = source.text();
    if (m.find()) {
      for (String token : List.of(m.group(1), m.group(2) == null ? "" : m.group(2))) {
        if (!token.isEmpty()) {
          int end = text.substring(0, Math.min(at, text.length())).stripTrailing().length();
          ideas.add(source.insert(at, token, "adds the missing " + token, 1));
          if (end != at) {
            ideas.add(source.insert(end, token, "adds the missing " + token, 1.1));
          }
          int lineEnd = text.indexOf('\n', at);
          int last =
              text.substring(0, lineEnd < 0 ? text.length() : lineEnd).stripTrailing().length();
          ideas.add(source.insert(last, token, "adds the missing " + token, 1.2));
          if (text.substring(0, last).endsWith(";") || text.substring(0, last).endsWith("{")) {
            ideas.add(source.insert(last - 1, token, "adds the missing " + token, 1.15));
          }
        }
      }
    }
    boolean syntax =
        message.contains("expected")
            || message.contains("illegal start")
            || message.contains("not a statement");
    if (syntax) {
      for (int i = Math.max(0, at - 1); i <= at && i < text.length(); i++) {
        if (")}];,(".indexOf(text.charAt(i)) >= 0) {
          ideas.add(source.replace(i, i + 1, "", "drops a surplus " + text.charAt(i), 1.4));
        }
      }
      int open = text.lastIndexOf('{', at);
      int closed = text.lastIndexOf('}', at);
      if (message.contains("class, interface") && closed >= 0) {
        ideas.add(source.replace(closed, closed + 1, "", "drops a surplus }", 1.3));
      }
      if (message.contains("illegal start of expression") && open >= 0) {
        int line = text.lastIndexOf('\n', at) + 1;
        ideas.add(source.insert(line, source.indentation(at) + "}\n", "closes a block", 1.5));
      }
    }
  }
}
