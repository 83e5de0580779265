package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedValue;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Numbers, dates and other plain values as expressions. */
final class Scalars {
  /** Types that read their own canonical text, with the static method that does. */
  private static final Map<String, String> PARSERS =
      Map.ofEntries(
          Map.entry("java/time/LocalDate", "parse"),
          Map.entry("java/time/LocalDateTime", "parse"),
          Map.entry("java/time/LocalTime", "parse"),
          Map.entry("java/time/Instant", "parse"),
          Map.entry("java/time/Duration", "parse"),
          Map.entry("java/time/Period", "parse"),
          Map.entry("java/time/Year", "parse"),
          Map.entry("java/time/YearMonth", "parse"),
          Map.entry("java/time/MonthDay", "parse"),
          Map.entry("java/time/ZonedDateTime", "parse"),
          Map.entry("java/time/OffsetDateTime", "parse"),
          Map.entry("java/time/OffsetTime", "parse"),
          Map.entry("java/time/ZoneId", "of"),
          Map.entry("java/time/ZoneRegion", "of"),
          Map.entry("java/time/ZoneOffset", "of"),
          Map.entry("java/util/UUID", "fromString"),
          Map.entry("java/util/Currency", "getInstance"),
          Map.entry("java/util/regex/Pattern", "compile"),
          Map.entry("java/nio/charset/Charset", "forName"),
          Map.entry("java/net/URI", "create"),
          Map.entry("java/sql/Timestamp", "valueOf"),
          Map.entry("java/sql/Date", "valueOf"),
          Map.entry("java/sql/Time", "valueOf"));

  private static final Map<String, String> PUBLIC_NAMES =
      Map.of("java/time/ZoneRegion", "java/time/ZoneId");

  private final ClassPool classes;
  private final TestCode code;

  Scalars(ClassPool classes, TestCode code) {
    this.classes = classes;
    this.code = code;
  }

  /** The value as {@code target} wants it where both are numbers. */
  Expr expression(CapturedValue.Scalar value, JavaType target) {
    JavaType type = JavaType.ofBinaryName(value.type());
    JavaType wanted = target.unboxed().primitive() ? target.unboxed() : type.unboxed();
    if (type.unboxed().primitive()) {
      boolean number = !"ZC".contains(type.unboxed().internal());
      boolean wantsNumber = !"ZC".contains(wanted.internal());
      JavaType as = wanted.primitive() && number == wantsNumber ? wanted : type.unboxed();
      return new Expr(literal(as.internal(), value.text()), as);
    }
    return object(type, value.text());
  }

  static String literal(String letter, String text) {
    return switch (letter) {
      case "Z" -> text.equals("true") || text.equals("1") ? "true" : "false";
      case "C" -> text.length() == 1 ? JavaText.character(text.charAt(0)) : "(char) " + whole(text);
      case "J" -> whole(text) + "L";
      case "F" -> floating(text, "Float") + (finite(text) ? "f" : "");
      case "D" ->
          finite(text) && text.indexOf('.') < 0 && text.indexOf('E') < 0
              ? whole(text) + ".0"
              : floating(text, "Double");
      case "S" -> "(short) " + whole(text);
      case "B" -> "(byte) " + whole(text);
      default -> whole(text);
    };
  }

  private static boolean finite(String text) {
    return !text.contains("NaN") && !text.contains("Infinity");
  }

  private static String floating(String text, String box) {
    if (text.contains("NaN")) {
      return box + ".NaN";
    }
    if (text.contains("Infinity")) {
      return box + (text.startsWith("-") ? ".NEGATIVE_INFINITY" : ".POSITIVE_INFINITY");
    }
    if (!text.matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?")) {
      throw new NotBuildable("not a number: " + JavaText.comment(text, 40));
    }
    return text;
  }

  private static String whole(String text) {
    int dot = text.indexOf('.');
    String digits = dot < 0 ? text : text.substring(0, dot);
    if (!digits.matches("-?\\d{1,19}")) {
      throw new NotBuildable("not an integer: " + JavaText.comment(text, 40));
    }
    return digits;
  }

  private Expr object(JavaType type, String text) {
    String internal = type.internal();
    JavaType named = JavaType.of(PUBLIC_NAMES.getOrDefault(internal, internal));
    String quoted = JavaText.string(text);
    String parser = PARSERS.get(internal);
    if (parser != null && parses(internal, text)) {
      return new Expr(code.raw(named) + "." + parser + "(" + quoted + ")", named);
    }
    return switch (internal) {
      case "java/math/BigDecimal",
          "java/math/BigInteger",
          "java/io/File",
          "java/lang/StringBuilder",
          "java/lang/StringBuffer" ->
          new Expr("new " + code.raw(type) + "(" + quoted + ")", type);
      case "java/net/URL" -> new Expr("new " + code.raw(type) + "(" + quoted + ")", type);
      case "java/util/Locale" ->
          new Expr(
              code.raw(type) + ".forLanguageTag(" + JavaText.string(text.replace('_', '-')) + ")",
              type);
      case "java/util/Date", "java/sql/Timestamp", "java/sql/Date", "java/sql/Time" ->
          date(type, text);
      case "java/lang/Class" -> new Expr(code.raw(JavaType.ofBinaryName(text)) + ".class", type);
      case "java/util/concurrent/atomic/AtomicInteger" ->
          new Expr("new " + code.raw(type) + "(" + literal("I", text) + ")", type);
      case "java/util/concurrent/atomic/AtomicLong" ->
          new Expr("new " + code.raw(type) + "(" + literal("J", text) + ")", type);
      case "java/util/concurrent/atomic/AtomicBoolean" ->
          new Expr("new " + code.raw(type) + "(" + literal("Z", text) + ")", type);
      case "java/util/concurrent/atomic/LongAdder" ->
          new Expr("new " + code.raw(type) + "()", type);
      default ->
          path(internal, text)
              .or(() -> byFactory(type, quoted))
              .orElseThrow(() -> new NotBuildable("no way to write a " + type.binaryName()));
    };
  }

  /** JDBC's own text form is wanted by {@code valueOf}. */
  private static boolean parses(String internal, String text) {
    return !internal.startsWith("java/sql/") || text.matches("[0-9]{1,4}[-:][0-9 .:-]+");
  }

  private Expr date(JavaType type, String text) {
    String millis;
    if (text.matches("-?\\d{1,18}")) {
      millis = text + "L";
    } else {
      JavaType instant = JavaType.of("java/time/Instant");
      millis = code.raw(instant) + ".parse(" + JavaText.string(text) + ").toEpochMilli()";
    }
    return new Expr("new " + code.raw(type) + "(" + millis + ")", type);
  }

  private Optional<Expr> path(String internal, String text) {
    boolean path =
        internal.endsWith("Path")
            && (internal.startsWith("sun/nio/") || internal.equals("java/nio/file/Path"));
    JavaType paths = JavaType.of("java/nio/file/Paths");
    return path
        ? Optional.of(
            new Expr(
                code.raw(paths) + ".get(" + JavaText.string(text) + ")",
                JavaType.of("java/nio/file/Path")))
        : Optional.empty();
  }

  /** A public static method or constructor that takes a String. */
  private Optional<Expr> byFactory(JavaType type, String quoted) {
    Optional<ClassNode> c = classes.find(type.internal());
    if (c.isEmpty() || !code.accessible(type)) {
      return Optional.empty();
    }
    String returned = "L" + type.internal() + ";";
    for (MethodNode m : c.get().methods) {
      boolean text =
          m.desc.startsWith("(Ljava/lang/String;)")
              || m.desc.startsWith("(Ljava/lang/CharSequence;)");
      boolean open = (m.access & Opcodes.ACC_PUBLIC) != 0;
      if (text && open && (m.access & Opcodes.ACC_STATIC) != 0 && m.desc.endsWith(returned)) {
        return Optional.of(new Expr(code.raw(type) + "." + m.name + "(" + quoted + ")", type));
      }
      if (text && open && m.name.equals("<init>") && (c.get().access & Opcodes.ACC_ABSTRACT) == 0) {
        return Optional.of(new Expr("new " + code.raw(type) + "(" + quoted + ")", type));
      }
    }
    return Optional.empty();
  }
}
