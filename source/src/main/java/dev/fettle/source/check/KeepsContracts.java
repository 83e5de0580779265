package dev.fettle.source.check;

import dev.fettle.contract.spi.ValidationStep;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A repair keeps every declaration with its modifiers, annotations, types and throws clause, and
 * adds nothing that changes what a class means to others: no equality, order, serialization,
 * finalizer, entry point or static initializer.
 */
final class KeepsContracts extends Comparison {
  private static final Pattern MEANING =
      Pattern.compile(
          "method .*\\.(equals|hashCode|compareTo|compare|finalize|readObject|writeObject"
              + "|readResolve|writeReplace|clone|main|premain|agentmain)\\(.*");

  KeepsContracts(Shared shared) {
    super(shared, ValidationStep.CONTRACTS, 7);
  }

  @Override
  Optional<String> objection(Pair pair, Read read) {
    Map<String, String> before = pair.before().declared;
    Map<String, String> after = pair.after().declared;
    for (Map.Entry<String, String> declaration : before.entrySet()) {
      String now = after.get(declaration.getKey());
      if (now == null) {
        return Optional.of("removes or changes " + declaration.getKey());
      }
      if (!now.equals(declaration.getValue())) {
        return Optional.of("changes modifiers, annotations or types of " + declaration.getKey());
      }
    }
    for (String name : after.keySet()) {
      if (!before.containsKey(name) && MEANING.matcher(name).matches()) {
        return Optional.of("adds " + name);
      }
    }
    return pair.after().staticInitializers > pair.before().staticInitializers
        ? Optional.of("adds a static initializer")
        : Optional.empty();
  }

  @Override
  String fact(Read read) {
    List<String> callers =
        read.pairs().values().stream().flatMap(p -> p.callers().stream()).limit(3).toList();
    return callers.isEmpty() ? fact() : String.join("; ", callers);
  }

  @Override
  String fact() {
    return "keeps every declaration";
  }
}
