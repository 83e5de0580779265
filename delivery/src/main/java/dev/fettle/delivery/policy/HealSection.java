package dev.fettle.delivery.policy;

import dev.fettle.contract.model.HealBehavior;
import dev.fettle.contract.model.HealMode;
import dev.fettle.contract.model.HealPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the keys below {@code heal:}. */
final class HealSection {
  private static final Set<String> KEYS =
      Set.of("mode", "packages", "never", "behaviors", "in-transaction");
  private static final Pattern PART = Pattern.compile("[A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*)*");
  private static final int MOST = 200;

  private final BiConsumer<Node, String> problems;

  HealSection(BiConsumer<Node, String> problems) {
    this.problems = problems;
  }

  HealPolicy read(Node node, HealPolicy start) {
    if (!(node instanceof MappingNode mapping)) {
      problems.accept(
          node,
          "found " + PolicyFile.shown(node) + "; expected a mapping with " + PolicyFile.list(KEYS));
      return start;
    }
    HealPolicy policy = start;
    Set<String> seen = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = PolicyFile.scalar(tuple.getKeyNode());
      if (key == null || !KEYS.contains(key)) {
        problems.accept(
            tuple.getKeyNode(),
            "unknown key "
                + PolicyFile.shown(tuple.getKeyNode())
                + "; expected "
                + PolicyFile.list(KEYS));
      } else if (!seen.add(key)) {
        problems.accept(tuple.getKeyNode(), "key '" + key + "' stands here a second time");
      } else {
        policy = with(policy, key, tuple.getValueNode());
      }
    }
    return policy;
  }

  private HealPolicy with(HealPolicy p, String key, Node value) {
    return switch (key) {
      case "mode" ->
          p.with(word(value, HealMode::of, words(HealMode.values(), HealMode::word), p.mode()));
      case "packages" ->
          new HealPolicy(p.mode(), parts(value), p.never(), p.behaviors(), p.inTransaction());
      case "never" ->
          new HealPolicy(
              p.mode(), p.packages(), Set.copyOf(parts(value)), p.behaviors(), p.inTransaction());
      case "behaviors" -> p.with(behaviors(value));
      default ->
          new HealPolicy(
              p.mode(),
              p.packages(),
              p.never(),
              p.behaviors(),
              word(
                  value,
                  HealSection::inTransaction,
                  List.of("refuse", "rollback", "allow"),
                  HealPolicy.InTransaction.REFUSE));
    };
  }

  private static Optional<HealPolicy.InTransaction> inTransaction(String word) {
    return Arrays.stream(HealPolicy.InTransaction.values())
        .filter(t -> t.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }

  private static <T> List<String> words(T[] all, Function<T, String> word) {
    return Arrays.stream(all).map(word).toList();
  }

  private <T> T word(
      Node node, Function<String, Optional<T>> reading, Collection<String> words, T fallback) {
    String text = PolicyFile.scalar(node);
    Optional<T> read = text == null ? Optional.empty() : reading.apply(text);
    if (read.isEmpty()) {
      problems.accept(
          node, "found " + PolicyFile.shown(node) + "; expected " + PolicyFile.list(words));
    }
    return read.orElse(fallback);
  }

  private List<String> parts(Node node) {
    List<String> parts = new ArrayList<>();
    for (Node each : elements(node)) {
      String text = PolicyFile.scalar(each);
      if (text == null || !PART.matcher(text).matches()) {
        problems.accept(
            each, "found " + PolicyFile.shown(each) + "; expected a package, class or method");
      } else {
        parts.add(text);
      }
    }
    return parts;
  }

  private Set<HealBehavior> behaviors(Node node) {
    Set<HealBehavior> all = new TreeSet<>();
    List<String> words = words(HealBehavior.values(), HealBehavior::word);
    for (Node each : elements(node)) {
      String text = PolicyFile.scalar(each);
      Optional<HealBehavior> behavior = text == null ? Optional.empty() : HealBehavior.of(text);
      behavior.ifPresent(all::add);
      if (behavior.isEmpty()) {
        problems.accept(
            each, "found " + PolicyFile.shown(each) + "; expected " + PolicyFile.list(words));
      }
    }
    return all;
  }

  private List<Node> elements(Node node) {
    if (node instanceof SequenceNode sequence && sequence.getValue().size() <= MOST) {
      return sequence.getValue();
    }
    problems.accept(
        node, "found " + PolicyFile.shown(node) + "; expected a list of at most " + MOST);
    return List.of();
  }
}
