package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Incident;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Lays out the file of a generated test. */
final class TestText {
  private static final int MAX_COMMENT = 180;

  private final Incident incident;
  private final Failure failure;
  private final TestStyle style;
  private final Accepted accepted;

  TestText(Incident incident, Failure failure, TestStyle style, Accepted accepted) {
    this.incident = incident;
    this.failure = failure;
    this.style = style;
    this.accepted = accepted;
  }

  static String methodName(MethodNode method, ClassNode owner) {
    String name =
        method.name.equals("<init>")
            ? "creating" + JavaType.of(owner.name).simpleName()
            : method.name;
    return name + "DoesNotFailAsInIncident";
  }

  /**
   * How the test enters the program.
   *
   * @param wide whether the method declares what {@code catch (Exception)} does not take
   * @param wrapped whether the failure may arrive inside another throwable
   * @param times how often it is called
   */
  record Entry(String call, boolean wide, boolean wrapped, int times) {}

  String render(TestCode code, String className, String methodName, Entry entry) {
    boolean wide = entry.wide();
    List<String> body = body(code, entry);
    List<String> lines = new ArrayList<>();
    if (!code.packageName().isEmpty()) {
      lines.add("package " + code.packageName().replace('/', '.') + ";");
      lines.add("");
    }
    List<String> aids = aids(code);
    lines.addAll(code.imports(style.framework().annotation));
    lines.add("");
    lines.addAll(comment(code));
    if (code.unchecked()) {
      lines.add("@SuppressWarnings({\"unchecked\", \"rawtypes\"})");
    }
    boolean open = style.framework() != TestStyle.Framework.JUPITER;
    lines.add((open ? "public " : "") + "class " + className + " {");
    lines.add("");
    lines.add(in(1) + "@Test");
    lines.add(
        in(1)
            + (open ? "public " : "")
            + "void "
            + methodName
            + "() throws "
            + (wide ? "Throwable" : "Exception")
            + " {");
    body.forEach(l -> lines.add(in(2) + indented(l)));
    lines.add(in(1) + "}");
    lines.add("");
    fault(entry.wrapped()).forEach(l -> lines.add(in(1) + indented(l)));
    aids.forEach(l -> lines.add(l.isEmpty() ? "" : in(1) + indented(l)));
    lines.add("}");
    return String.join("\n", lines) + "\n";
  }

  private String in(int levels) {
    return style.indent().repeat(levels);
  }

  /** Generated lines are indented by two spaces a level. */
  private String indented(String line) {
    int spaces = 0;
    while (spaces < line.length() && line.charAt(spaces) == ' ') {
      spaces++;
    }
    String rest = line.substring(spaces).replace("\n        .", "\n" + in(4) + ".");
    return style.indent().repeat(spaces / 2) + rest;
  }

  private List<String> comment(TestCode code) {
    CapturedFrame top = failure.frame(0);
    List<String> lines = new ArrayList<>();
    lines.add("/**");
    lines.add(
        " * Incident "
            + incident.id()
            + ": "
            + JavaText.comment(failure.thrown().type(), MAX_COMMENT)
            + " in");
    lines.add(" * " + JavaText.comment(top.display(), MAX_COMMENT) + ".");
    if (!code.notes().isEmpty()) {
      lines.add(" *");
      lines.add(" * <ul>");
      code.notes().stream()
          .limit(12)
          .forEach(n -> lines.add(" *   <li>" + JavaText.comment(n, MAX_COMMENT)));
      lines.add(" * </ul>");
    }
    lines.add(" */");
    return lines;
  }

  private static List<String> body(TestCode code, Entry entry) {
    List<String> lines = new ArrayList<>(code.lines());
    if (!lines.isEmpty()) {
      lines.add("");
    }
    String pad = entry.times() > 1 ? "  " : "";
    if (entry.times() > 1) {
      String counter = code.variable("time");
      lines.add("for (int %1$s = 1; %1$s <= %2$d; %1$s++) {".formatted(counter, entry.times()));
    }
    lines.add(pad + "try {");
    lines.add(pad + "  " + entry.call() + ";");
    lines.add(pad + "} catch (" + (entry.wide() ? "Throwable" : "Exception") + " e) {");
    lines.add(pad + "  if (isFault(e)) {");
    lines.add(pad + "    throw e;");
    lines.add(pad + "  }");
    lines.add(pad + "}");
    if (entry.times() > 1) {
      lines.add("}");
    }
    return lines;
  }

  /** A repair may answer with an exception of the application's own, not with the JDK's. */
  private List<String> fault(boolean arrivesWrapped) {
    boolean wrapped = arrivesWrapped || failure.wrapped();
    String type = failure.thrown().type();
    Set<String> answered = new TreeSet<>(accepted.names());
    answered.remove(type);
    List<String> lines = new ArrayList<>();
    lines.add(
        "/** A repair may refuse the call in the application's own way; what failed may not recur. */");
    lines.add("private static boolean isFault(Throwable thrown) {");
    String pad = "  ";
    if (wrapped) {
      lines.add("  Throwable root = thrown;");
      lines.add("  while (root.getCause() != null) {");
      lines.add("    root = root.getCause();");
      lines.add("  }");
    }
    lines.add(pad + "String type = " + (wrapped ? "root" : "thrown") + ".getClass().getName();");
    String condition =
        type.startsWith("java.")
            ? "type.startsWith(\"java.\")"
            : "type.startsWith(\"java.\") || type.equals(\"" + JavaText.comment(type, 200) + "\")";
    if (!answered.isEmpty()) {
      lines.add(pad + "// These the application answers on purpose.");
      List<String> equal = new ArrayList<>();
      answered.stream().limit(6).forEach(a -> equal.add("type.equals(\"" + a + "\")"));
      lines.add(pad + "boolean answered = " + String.join(" || ", equal) + ";");
      condition = "!answered && (" + condition + ")";
    }
    lines.add(pad + "return " + condition + ";");
    lines.add("}");
    return lines;
  }

  private List<String> aids(TestCode code) {
    List<String> lines = new ArrayList<>();
    for (TestCode.Aid aid : code.aids()) {
      lines.add("");
      lines.add(aid.signature(code) + (aid.thrown.isEmpty() ? " {" : ""));
      if (!aid.thrown.isEmpty()) {
        lines.add("    " + aid.thrown + " {");
      }
      aid.body(code).forEach(l -> lines.add("  " + l));
      lines.add("}");
    }
    return lines;
  }
}
