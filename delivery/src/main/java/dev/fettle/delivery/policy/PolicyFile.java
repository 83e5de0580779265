package dev.fettle.delivery.policy;

import dev.fettle.contract.model.Autonomy;
import dev.fettle.contract.model.HealMode;
import dev.fettle.contract.model.HealPolicy;
import dev.fettle.contract.model.Policy;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.delivery.change.Inert;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads {@code .fettle.yml}. A file is hostile input: it is bounded, nothing of it is constructed
 * or executed, and what it allows never exceeds the server's policy.
 */
public final class PolicyFile {
  /** Where it stands in a repository. */
  public static final String PATH = ".fettle.yml";

  private static final int LIMIT = 64 * 1024;
  private static final Set<String> KEYS = Set.of("version", "policy", "deliver", "llm", "heal");
  private static final Set<String> CHANNELS = Set.of("patchfile", "branch", "hotpatch");
  private static final Map<String, Autonomy> WORDS =
      new TreeMap<>(
          Map.of(
              "automatic", Autonomy.AUTOMATIC,
              "on-approval", Autonomy.ON_APPROVAL,
              "never", Autonomy.NEVER));

  private final List<Problem> problems = new ArrayList<>();

  private HealPolicy heal = HealPolicy.of(HealMode.FULL);

  private PolicyFile() {}

  /**
   * Something wrong in a file.
   *
   * @param line 1-based
   * @param message what was found and what was expected
   */
  public record Problem(int line, String message) {
    @Override
    public String toString() {
      return PATH + ":" + line + ": " + message;
    }
  }

  /** What a file says. */
  public sealed interface Reading {
    /** A policy, not yet under any ceiling. */
    record Valid(Policy policy) implements Reading {}

    /** Not a policy; at least one problem, in the order of the file. */
    record Invalid(List<Problem> problems) implements Reading {
      public Invalid {
        problems = List.copyOf(problems);
      }
    }
  }

  /**
   * What holds for a tree.
   *
   * @param problems of the tree's file; while there are any, everything waits for approval
   */
  public record Effective(Policy policy, List<Problem> problems) {
    public Effective {
      problems = List.copyOf(problems);
    }
  }

  /** The server's policy, narrowed by the tree's file if it has one. */
  public static Effective of(SourceTree tree, Policy ceiling) {
    Optional<String> text = tree.text(PATH);
    if (text.isEmpty()) {
      return new Effective(ceiling, List.of());
    }
    Reading reading = parse(text.get());
    if (reading instanceof Reading.Valid valid) {
      return new Effective(valid.policy().under(ceiling), List.of());
    }
    Policy careful = Templates.enterprise();
    return new Effective(
        new Policy("invalid " + PATH, careful.channels()).under(ceiling),
        ((Reading.Invalid) reading).problems());
  }

  /**
   * What holds for healing.
   *
   * @param problems of the file; while there are any, nothing is healed
   */
  public record HealReading(HealPolicy policy, List<Problem> problems) {
    public HealReading {
      problems = List.copyOf(problems);
    }
  }

  /** What the text of a file leaves of a ceiling. */
  public static HealReading healing(String text, HealPolicy ceiling) {
    PolicyFile file = new PolicyFile();
    file.heal =
        new HealPolicy(
            HealMode.FULL, List.of(), Set.of(), ceiling.behaviors(), ceiling.inTransaction());
    file.read(text);
    return file.problems.isEmpty()
        ? new HealReading(file.heal.under(ceiling), List.of())
        : new HealReading(HealPolicy.defaults().under(ceiling), file.problems);
  }

  /** How far a shipped policy lets healing go: enterprise observes, startup runs snippets. */
  public static HealMode healMode(String template) {
    return switch (template) {
      case "enterprise" -> HealMode.OBSERVE;
      case "startup" -> HealMode.CONTAINED;
      default -> HealMode.TYPED;
    };
  }

  /** Reads the text of a file. */
  public static Reading parse(String text) {
    PolicyFile file = new PolicyFile();
    Policy policy = file.read(text);
    return file.problems.isEmpty() ? new Reading.Valid(policy) : new Reading.Invalid(file.problems);
  }

  private Policy read(String text) {
    Policy start = Templates.defaults();
    if (text.length() > LIMIT) {
      problem(1, "larger than " + LIMIT + " characters");
      return start;
    }
    try {
      Node root = new Yaml(new SafeConstructor(options())).compose(new StringReader(text));
      return root == null ? start : policy(root, start);
    } catch (MarkedYAMLException e) {
      problem(line(e.getProblemMark()), "not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      problem(1, "not YAML: " + e.getMessage());
    }
    return start;
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LIMIT);
    options.setMaxAliasesForCollections(5);
    options.setNestingDepthLimit(10);
    options.setAllowRecursiveKeys(false);
    return options;
  }

  private Policy policy(Node root, Policy start) {
    Policy[] template = {start};
    boolean[] named = {false};
    Map<String, Autonomy> own = new LinkedHashMap<>();
    entries(
        root,
        "a mapping with " + list(KEYS),
        KEYS,
        (key, value) -> {
          switch (key) {
            case "version" -> version(value);
            case "heal" -> heal = new HealSection(this::problem).read(value, heal);
            case "llm" -> {} // narrows the model's settings; the room llm reads it
            case "policy" -> {
              template[0] = template(value, start);
              named[0] = true;
            }
            default -> deliver(value, own);
          }
        });
    Map<String, Autonomy> channels = new LinkedHashMap<>(template[0].channels());
    channels.putAll(own);
    String name = named[0] && own.isEmpty() ? template[0].name() : PATH;
    return new Policy(name, channels);
  }

  private void version(Node node) {
    if (!"1".equals(scalar(node))) {
      problem(node, "version is " + shown(node) + "; expected 1");
    }
  }

  private Policy template(Node node, Policy fallback) {
    String name = scalar(node);
    Optional<Policy> template = name == null ? Optional.empty() : Templates.named(name);
    if (template.isEmpty()) {
      problem(node, "unknown policy " + shown(node) + "; expected " + list(Templates.names()));
    }
    return template.orElse(fallback);
  }

  private void deliver(Node node, Map<String, Autonomy> own) {
    entries(
        node,
        "a mapping with " + list(CHANNELS),
        CHANNELS,
        (channel, value) -> {
          String word = scalar(value);
          Autonomy autonomy = word == null ? null : WORDS.get(word.toLowerCase(Locale.ROOT));
          if (autonomy == null) {
            problem(value, channel + " is " + shown(value) + "; expected " + list(WORDS.keySet()));
          } else {
            own.put(channel, autonomy);
          }
        });
  }

  private void entries(
      Node node, String expected, Set<String> allowed, BiConsumer<String, Node> each) {
    if (!(node instanceof MappingNode mapping)) {
      problem(node, "found " + shown(node) + "; expected " + expected);
      return;
    }
    Set<String> seen = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = scalar(tuple.getKeyNode());
      if (key == null || !allowed.contains(key)) {
        problem(
            tuple.getKeyNode(),
            "unknown key " + shown(tuple.getKeyNode()) + "; expected " + list(allowed));
      } else if (!seen.add(key)) {
        problem(tuple.getKeyNode(), "key '" + key + "' stands here a second time");
      } else {
        each.accept(key, tuple.getValueNode());
      }
    }
  }

  static @Nullable String scalar(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : null;
  }

  static String shown(Node node) {
    return node instanceof ScalarNode scalar
        ? "'" + Inert.line(scalar.getValue(), 60) + "'"
        : node instanceof MappingNode ? "a mapping" : "a list";
  }

  static String list(Collection<String> words) {
    List<String> sorted = words.stream().sorted().toList();
    return String.join(", ", sorted.subList(0, sorted.size() - 1))
        + " or "
        + sorted.get(sorted.size() - 1);
  }

  private void problem(Node node, String message) {
    problem(line(node.getStartMark()), message);
  }

  private void problem(int line, String message) {
    problems.add(new Problem(line, Inert.line(message)));
  }

  private static int line(@Nullable Mark mark) {
    return mark == null ? 1 : mark.getLine() + 1;
  }
}
