package dev.fettle.templates.code;

import java.util.List;

/** What common JDK methods return; only as much as comparing situations needs. */
final class PlatformTypes {
  private PlatformTypes() {}

  static TypeName returns(TypeName receiver, String method, int arguments) {
    if (receiver.map()) {
      return ofMap(receiver, method);
    }
    if (receiver.sequence() || receiver.simple().equals("Iterator")) {
      return ofSequence(receiver, method);
    }
    return switch (receiver.simple()) {
      case "Optional" ->
          switch (method) {
            case "get", "orElse", "orElseThrow", "orElseGet" -> receiver.argument(0);
            case "filter", "or" -> receiver;
            case "isPresent", "isEmpty" -> TypeName.of("boolean");
            default -> TypeName.UNKNOWN;
          };
      case "Stream" ->
          switch (method) {
            case "filter", "sorted", "limit", "skip", "distinct", "peek" -> receiver;
            case "findFirst", "findAny", "max", "min" ->
                new TypeName("Optional", List.of(receiver.argument(0)));
            case "reduce" ->
                arguments == 1
                    ? new TypeName("Optional", List.of(receiver.argument(0)))
                    : receiver.argument(0);
            case "toList" -> new TypeName("List", List.of(receiver.argument(0)));
            case "mapToInt" -> TypeName.of("IntStream");
            case "mapToLong" -> TypeName.of("LongStream");
            case "mapToDouble" -> TypeName.of("DoubleStream");
            case "count" -> TypeName.of("long");
            default -> TypeName.UNKNOWN;
          };
      case "IntStream", "LongStream", "DoubleStream" ->
          switch (method) {
            case "average" -> TypeName.of("OptionalDouble");
            case "max", "min", "findFirst", "findAny" ->
                TypeName.of("Optional" + receiver.simple().replace("Stream", ""));
            case "sum" ->
                TypeName.of(
                    receiver.simple().replace("Stream", "").toLowerCase(java.util.Locale.ROOT));
            case "count" -> TypeName.of("long");
            default -> receiver;
          };
      case "OptionalInt" -> TypeName.of("int");
      case "OptionalLong" -> TypeName.of("long");
      case "OptionalDouble" -> TypeName.of("double");
      case "String", "CharSequence", "StringBuilder" -> ofText(receiver, method);
      case "BigDecimal", "BigInteger" ->
          switch (method) {
            case "compareTo", "signum", "intValue", "intValueExact", "scale", "precision" ->
                TypeName.of("int");
            case "longValue", "longValueExact" -> TypeName.of("long");
            case "doubleValue" -> TypeName.of("double");
            case "toString", "toPlainString" -> TypeName.of("String");
            case "equals" -> TypeName.of("boolean");
            default -> receiver;
          };
      case "Integer", "Long", "Double", "Number", "Short", "Float" ->
          switch (method) {
            case "intValue", "parseInt", "compareTo", "compare", "signum" -> TypeName.of("int");
            case "longValue", "parseLong" -> TypeName.of("long");
            case "doubleValue", "parseDouble" -> TypeName.of("double");
            case "valueOf" -> receiver;
            case "toString" -> TypeName.of("String");
            default -> TypeName.UNKNOWN;
          };
      case "LocalDate",
          "LocalDateTime",
          "Instant",
          "OffsetDateTime",
          "ZonedDateTime",
          "LocalTime" ->
          switch (method) {
            case "parse",
                "of",
                "now",
                "plusDays",
                "minusDays",
                "plusMonths",
                "minusMonths",
                "withDayOfMonth",
                "plus",
                "minus" ->
                receiver;
            case "isBefore", "isAfter", "isEqual" -> TypeName.of("boolean");
            case "toLocalDate" -> TypeName.of("LocalDate");
            case "getYear", "getMonthValue", "getDayOfMonth", "compareTo" -> TypeName.of("int");
            case "toString", "format" -> TypeName.of("String");
            default -> TypeName.UNKNOWN;
          };
      default -> ofAnything(method);
    };
  }

  private static TypeName ofMap(TypeName map, String method) {
    return switch (method) {
      case "get", "getOrDefault", "remove", "put", "computeIfAbsent", "merge", "putIfAbsent" ->
          map.argument(1);
      case "keySet", "navigableKeySet" -> new TypeName("Set", List.of(map.argument(0)));
      case "values" -> new TypeName("Collection", List.of(map.argument(1)));
      case "entrySet" ->
          new TypeName(
              "Set", List.of(new TypeName("Entry", List.of(map.argument(0), map.argument(1)))));
      case "floorEntry", "ceilingEntry", "firstEntry", "lastEntry", "lowerEntry", "higherEntry" ->
          new TypeName("Entry", List.of(map.argument(0), map.argument(1)));
      case "firstKey", "lastKey", "floorKey", "ceilingKey" -> map.argument(0);
      case "containsKey", "isEmpty", "containsValue" -> TypeName.of("boolean");
      case "size" -> TypeName.of("int");
      default -> ofAnything(method);
    };
  }

  private static TypeName ofSequence(TypeName sequence, String method) {
    return switch (method) {
      case "get",
          "getFirst",
          "getLast",
          "first",
          "last",
          "poll",
          "peek",
          "pop",
          "element",
          "removeFirst",
          "removeLast",
          "next",
          "pollFirst",
          "pollLast",
          "peekFirst",
          "peekLast",
          "set" ->
          sequence.argument(0);
      case "size", "indexOf", "lastIndexOf" -> TypeName.of("int");
      case "isEmpty", "contains", "add", "addAll", "removeIf", "hasNext" -> TypeName.of("boolean");
      case "iterator", "listIterator" -> new TypeName("Iterator", List.of(sequence.argument(0)));
      case "stream" -> new TypeName("Stream", List.of(sequence.argument(0)));
      case "subList" -> sequence;
      default -> ofAnything(method);
    };
  }

  private static TypeName ofText(TypeName text, String method) {
    return switch (method) {
      case "length", "indexOf", "lastIndexOf", "compareTo", "compareToIgnoreCase" ->
          TypeName.of("int");
      case "charAt" -> TypeName.of("char");
      case "split" -> new TypeName("[]", List.of(TypeName.of("String")));
      case "isEmpty",
          "isBlank",
          "equals",
          "equalsIgnoreCase",
          "startsWith",
          "endsWith",
          "contains",
          "matches" ->
          TypeName.of("boolean");
      case "append", "insert", "reverse" -> text;
      default -> TypeName.of("String");
    };
  }

  private static TypeName ofAnything(String method) {
    return switch (method) {
      case "toString", "name" -> TypeName.of("String");
      case "hashCode", "ordinal" -> TypeName.of("int");
      case "equals" -> TypeName.of("boolean");
      default -> TypeName.UNKNOWN;
    };
  }
}
