package dev.fettle.agent.heal.remedy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/** The same value as another type, where that is plain what it means. */
record Conversions() {
  /** Null when there is no such value. */
  static @Nullable Object to(String internalName, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (internalName.equals("java/lang/String")) {
      boolean plain =
          value instanceof Number || value instanceof Character || value instanceof Boolean;
      return plain ? value.toString() : null;
    }
    if (value instanceof Collection<?> some
        && value.getClass().getName().startsWith("java.util.")) {
      return switch (internalName) {
        case "java/util/List", "java/util/ArrayList" -> new ArrayList<>(some);
        case "java/util/Set", "java/util/HashSet" -> new HashSet<>(some);
        default -> null;
      };
    }
    Number number = value instanceof Number given ? given : parsed(value);
    return number == null ? null : number(internalName, number);
  }

  private static @Nullable Number parsed(Object value) {
    if (!(value instanceof String text)) {
      return null;
    }
    String digits = NumberPrefix.of(text, true);
    return digits.isEmpty() ? null : Double.valueOf(digits);
  }

  private static @Nullable Object number(String internalName, Number number) {
    return switch (internalName) {
      case "java/lang/Integer" -> number.intValue();
      case "java/lang/Long" -> number.longValue();
      case "java/lang/Double" -> number.doubleValue();
      case "java/lang/Float" -> number.floatValue();
      case "java/lang/Short" -> number.shortValue();
      case "java/lang/Byte" -> number.byteValue();
      default -> null;
    };
  }
}
