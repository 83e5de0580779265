package dev.fettle.source.locate;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a helpful NullPointerException message says. Source: JEP 358.
 *
 * @param member name of the method or field that could not be reached; empty for array elements,
 *     {@code throw} and monitors
 * @param owner qualified name of the class the member was looked up in; empty when not named
 * @param arguments count of parameters of the invoked method; -1 unless invoking
 * @param variable description of the null variable, such as {@code order}, {@code this.a.b} or
 *     {@code "<local4>.name"}; null when it was a return value or was not told
 * @param returnedBy simple name of the method that returned null; null unless told
 */
record NullMessage(
    Operation operation,
    String member,
    String owner,
    int arguments,
    @Nullable String variable,
    @Nullable String returnedBy,
    int returnedByArguments) {

  /** What needed an object. */
  enum Operation {
    INVOKE,
    READ_FIELD,
    ASSIGN_FIELD,
    LOAD_ELEMENT,
    STORE_ELEMENT,
    ARRAY_LENGTH,
    THROW,
    SYNCHRONIZE
  }

  private static final Pattern INVOKE = Pattern.compile("Cannot invoke \"([^\"]*)\".*");
  private static final Pattern FIELD = Pattern.compile("Cannot (read|assign) field \"([^\"]*)\".*");
  private static final Pattern RETURNED =
      Pattern.compile(".*because the return value of \"([^\"]*)\" is null");
  private static final Pattern VARIABLE = Pattern.compile(".*because \"([^\"]*)\" is null");

  /** Empty when the message is absent or not one of the JVM's own. */
  static Optional<NullMessage> parse(@Nullable String message) {
    if (message == null || message.length() > 4000) {
      return Optional.empty();
    }
    Matcher variable = VARIABLE.matcher(message);
    Matcher returned = RETURNED.matcher(message);
    String because = variable.matches() ? variable.group(1) : null;
    String method = returned.matches() ? returned.group(1) : null;
    Matcher invoke = INVOKE.matcher(message);
    if (invoke.matches()) {
      String called = invoke.group(1);
      return of(Operation.INVOKE, name(called), owner(called), count(called), because, method);
    }
    Matcher field = FIELD.matcher(message);
    if (field.matches()) {
      Operation op = field.group(1).equals("read") ? Operation.READ_FIELD : Operation.ASSIGN_FIELD;
      return of(op, name(field.group(2)), "", -1, because, method);
    }
    Operation other = null;
    if (message.startsWith("Cannot read the array length")) {
      other = Operation.ARRAY_LENGTH;
    } else if (message.startsWith("Cannot load from ")) {
      other = Operation.LOAD_ELEMENT;
    } else if (message.startsWith("Cannot store to ")) {
      other = Operation.STORE_ELEMENT;
    } else if (message.startsWith("Cannot throw exception")) {
      other = Operation.THROW;
    } else if (message.startsWith("Cannot enter synchronized block")) {
      other = Operation.SYNCHRONIZE;
    }
    return other == null ? Optional.empty() : of(other, "", "", -1, because, method);
  }

  private static Optional<NullMessage> of(
      Operation operation,
      String member,
      String owner,
      int arguments,
      @Nullable String variable,
      @Nullable String method) {
    return Optional.of(
        new NullMessage(
            operation,
            member,
            owner,
            arguments,
            variable,
            method == null ? null : name(method),
            method == null ? -1 : count(method)));
  }

  /** Whether the null was unboxed: the method is a box's own value method. */
  boolean unboxing() {
    return operation == Operation.INVOKE
        && arguments == 0
        && owner.startsWith("java.lang.")
        && member.matches("(int|long|double|float|short|byte|char|boolean)Value");
  }

  /** {@code a.B.c(int)} to {@code c}. */
  private static String name(String member) {
    int open = member.indexOf('(');
    String path = open < 0 ? member : member.substring(0, open);
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static String owner(String member) {
    int open = member.indexOf('(');
    String path = open < 0 ? member : member.substring(0, open);
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  private static int count(String member) {
    int open = member.indexOf('(');
    String inside = open < 0 ? "" : member.substring(open + 1, member.length() - 1).trim();
    return inside.isEmpty() ? 0 : inside.split(",", -1).length;
  }
}
