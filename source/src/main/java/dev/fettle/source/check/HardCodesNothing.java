package dev.fettle.source.check;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Variable;
import dev.fettle.contract.spi.RepairCase;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repair does not fit the one input that was seen: it compares with no literal of the failing
 * test or of the captured values, and returns none, unless the file knew that literal before; no
 * method is reduced to returning a literal.
 */
final class HardCodesNothing extends Comparison {
  private static final Set<String> COMMON =
      Set.of(
          "0", "1", "-1", "2", "0L", "1L", "-1L", "0.0", "1.0", "0f", "0d", "\"\"", "\" \"", "' '",
          "null", "true", "false", "'\\n'", "'0'", "'\\0'");
  private static final Pattern LITERAL =
      Pattern.compile(
          "\"(?:[^\"\\\\\\n]|\\\\.){0,200}\"|'(?:[^'\\\\\\n]|\\\\.){1,6}'|-?\\b\\d[\\w.]{0,40}");

  HardCodesNothing(Shared shared) {
    super(shared, "hard-codes nothing", 8);
  }

  @Override
  Optional<String> objection(Pair pair, Read read) {
    for (Map.Entry<String, Integer> method : pair.after().constantMethods.entrySet()) {
      if (!pair.before().constantMethods.containsKey(method.getKey())) {
        return Optional.of("reduces " + method.getKey() + " to a constant");
      }
    }
    Set<String> seen = seen(read.repairCase());
    for (Map<String, Integer> used :
        java.util.List.of(pair.after().compared, pair.after().returned)) {
      for (String literal : used.keySet()) {
        boolean fresh = !pair.before().literals.containsKey(unsigned(literal));
        if (fresh && !COMMON.contains(literal) && seen.contains(literal)) {
          return Optional.of("knows a value of the failing run: " + shown(literal));
        }
      }
    }
    return Optional.empty();
  }

  private static String unsigned(String literal) {
    return literal.startsWith("-") ? literal.substring(1) : literal;
  }

  private static String shown(String literal) {
    return literal.length() > 40 ? literal.substring(0, 40) + "..." : literal;
  }

  /** Literals of the reproducing test, and captured values as literals would be written. */
  private static Set<String> seen(RepairCase repairCase) {
    Set<String> seen = new HashSet<>();
    repairCase
        .test()
        .ifPresent(
            t -> {
              Matcher literals = LITERAL.matcher(t.text());
              while (literals.find()) {
                seen.add(literals.group());
              }
            });
    for (CapturedFrame frame : repairCase.incident().exception().root().applicationFrames()) {
      for (Variable variable : frame.locals()) {
        collect(variable.value(), seen, 0);
      }
    }
    return seen;
  }

  private static void collect(CapturedValue value, Set<String> seen, int depth) {
    if (depth > 4 || seen.size() > 2000) {
      return;
    }
    if (value instanceof CapturedValue.Text text) {
      seen.add("\"" + text.text() + "\"");
    } else if (value instanceof CapturedValue.Scalar scalar) {
      seen.add(scalar.text());
      seen.add(scalar.text() + "L");
      seen.add("'" + scalar.text() + "'");
    } else if (value instanceof CapturedValue.Sequence sequence) {
      sequence.elements().forEach(e -> collect(e, seen, depth + 1));
    } else if (value instanceof CapturedValue.Mapping mapping) {
      mapping
          .entries()
          .forEach(
              e -> {
                collect(e.key(), seen, depth + 1);
                collect(e.value(), seen, depth + 1);
              });
    } else if (value instanceof CapturedValue.Composite composite) {
      composite.fields().forEach(f -> collect(f.value(), seen, depth + 1));
    }
  }

  @Override
  String fact() {
    return "knows no value of the failing run";
  }
}
