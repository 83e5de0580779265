package dev.fettle.templates.casts;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.TypeCastTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Converts a value of a near type instead of casting it: {@code ((Number) x).longValue()}. */
final class ConvertInsteadOfCast implements RepairTemplate {
  private static final Pattern MESSAGE =
      Pattern.compile("class ([\\w.$]+) cannot be cast to class ([\\w.$]+)");

  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.CLASS_CAST);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    Matcher m = MESSAGE.matcher(input.message());
    if (m.find()) {
      for (Site site : input.failed()) {
        for (ExpressionTree e : site.expressions()) {
          if (e instanceof TypeCastTree c && m.group(2).endsWith(boxed(site.source(c.getType())))) {
            convert(site, c, m.group(1), m.group(2), all);
          }
        }
      }
    }
    return all.stream();
  }

  private static String boxed(String type) {
    return switch (type.replaceAll("<.*>", "")) {
      case "int" -> "Integer";
      case "long" -> "Long";
      case "double" -> "Double";
      case "boolean" -> "Boolean";
      default -> type.replaceAll("<.*>", "").replaceAll(".*\\.", "");
    };
  }

  private static void convert(Site site, TypeCastTree c, String from, String to, Proposals all) {
    Edits edits = site.edits();
    String value = site.source(c.getExpression());
    String operand =
        c.getExpression() instanceof com.sun.source.tree.BinaryTree ? "(" + value + ")" : value;
    Optional<String> text = conversion(from, to, operand, edits);
    text.ifPresent(
        t ->
            all.add(
                edits.replace(parenthesized(site, c, t), t),
                "Converts the " + simple(from) + " that came instead of casting it",
                0.9));
  }

  /** The parentheses around a cast go with it: what replaces it is a call. */
  private static com.sun.source.tree.Tree parenthesized(Site site, TypeCastTree c, String text) {
    com.sun.source.tree.Tree parent = site.path(c).getParentPath().getLeaf();
    return parent instanceof com.sun.source.tree.ParenthesizedTree && !text.startsWith("(")
        ? parent
        : c;
  }

  /** Texts are made of whatever comes, so that what was cast without trouble goes on to work. */
  private static Optional<String> conversion(String from, String to, String value, Edits edits) {
    boolean number =
        from.matches(
            "java\\.lang\\.(Integer|Long|Double|Float|Short|Byte)|java\\.math\\.Big\\w+|java\\.util\\.concurrent\\.atomic\\.Atomic(Integer|Long)");
    boolean text = from.equals("java.lang.String");
    return Optional.ofNullable(
        switch (to) {
          case "java.lang.Integer" ->
              number
                  ? "((Number) " + value + ").intValue()"
                  : text ? "Integer.valueOf(" + value + ".toString())" : null;
          case "java.lang.Long" ->
              number
                  ? "((Number) " + value + ").longValue()"
                  : text ? "Long.valueOf(" + value + ".toString())" : null;
          case "java.lang.Double" ->
              number
                  ? "((Number) " + value + ").doubleValue()"
                  : text ? "Double.valueOf(" + value + ".toString())" : null;
          case "java.lang.String" ->
              number
                      || from.startsWith("java.") && !from.startsWith("java.util.")
                      || from.equals("java.util.UUID")
                  ? "String.valueOf(" + value + ")"
                  : null;
          case "java.lang.Boolean" -> text ? "Boolean.valueOf(" + value + ".toString())" : null;
          case "java.math.BigDecimal" ->
              number || text
                  ? "new " + edits.type("java.math.BigDecimal") + "(" + value + ".toString())"
                  : null;
          case "java.time.LocalDate" ->
              switch (from) {
                case "java.lang.String" ->
                    edits.type("java.time.LocalDate") + ".parse(" + value + ".toString())";
                case "java.sql.Date" -> "((java.sql.Date) " + value + ").toLocalDate()";
                case "java.sql.Timestamp" ->
                    "((java.sql.Timestamp) " + value + ").toLocalDateTime().toLocalDate()";
                case "java.time.LocalDateTime" ->
                    "((" + edits.type("java.time.LocalDateTime") + ") " + value + ").toLocalDate()";
                default -> null;
              };
          case "java.time.LocalDateTime" ->
              from.equals("java.sql.Timestamp")
                  ? "((java.sql.Timestamp) " + value + ").toLocalDateTime()"
                  : null;
          case "java.time.Instant" ->
              from.equals("java.sql.Timestamp")
                  ? "((java.sql.Timestamp) " + value + ").toInstant()"
                  : null;
          case "java.util.UUID" ->
              text ? edits.type("java.util.UUID") + ".fromString(" + value + ".toString())" : null;
          case "java.util.List" ->
              from.matches(
                      "java\\.util\\.(\\w*Set|\\w*\\$Values|.*Map.*Values.*|.*KeySet.*|ImmutableCollections\\$Set.*)")
                  ? "new " + edits.type("java.util.ArrayList") + "<>(" + value + ")"
                  : null;
          default -> null;
        });
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
