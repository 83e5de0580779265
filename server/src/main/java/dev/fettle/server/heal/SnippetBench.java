package dev.fettle.server.heal;

import dev.fettle.contract.model.HealBehavior;
import dev.fettle.contract.model.HealMode;
import dev.fettle.contract.model.HealProposal;
import dev.fettle.contract.model.HealRequest;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.llm.heal.SnippetJudge;
import dev.fettle.sandbox.snippet.SnippetCompiler;
import dev.fettle.source.snippet.Behaviors;
import dev.fettle.source.snippet.SnippetClass;
import dev.fettle.vet.NestmateView;
import dev.fettle.vet.SkillMethod;
import dev.fettle.vet.Vet;
import dev.fettle.vet.Vetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes a class file of a snippet that somebody proposed: names what it does, writes its class,
 * compiles it in a confined child and has it judged. Confined to the thread of the road.
 */
final class SnippetBench implements SnippetJudge {
  private static final int KEPT = 64;
  private static final long LARGEST = 4 << 20;

  private final SnippetCompiler compiler;
  private final Withdrawn withdrawn;
  private final Map<HealRequest, HealCase> cases = latest();
  private final Map<String, Result> judged = latest();

  /** What a snippet came to. */
  sealed interface Result {}

  /**
   * May be signed.
   *
   * @param id of the snippet, by its code and place
   * @param variables {@code name descriptor}
   */
  record Prepared(String id, Set<HealBehavior> behaviors, List<String> variables, byte[] code)
      implements Result {}

  /** May not run, in words for who wrote it. */
  record Refused(String reason) implements Result {}

  SnippetBench(SnippetCompiler compiler, Withdrawn withdrawn) {
    this.compiler = compiler;
    this.withdrawn = withdrawn;
  }

  private static <K, V> Map<K, V> latest() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > KEPT;
      }
    };
  }

  /** Snippets for a request can be judged from now on. */
  void open(HealCase healCase) {
    cases.put(healCase.request(), healCase);
  }

  @Override
  public Optional<String> refusal(HealRequest request, HealProposal.RunSnippet snippet) {
    return prepare(request, snippet) instanceof Refused refused
        ? Optional.of(refused.reason())
        : Optional.empty();
  }

  /** Judges a snippet; the same one again costs nothing. */
  Result prepare(HealRequest request, HealProposal.RunSnippet snippet) {
    HealCase healCase = cases.get(request);
    if (healCase == null) {
      return new Refused("nothing is known of the failing statement");
    }
    String id = id(healCase, snippet);
    if (withdrawn.holds(id)) {
      return new Refused("it ran before, and what followed was worse than the failure");
    }
    return judged.computeIfAbsent(id, k -> judge(id, healCase, snippet));
  }

  private Result judge(String id, HealCase healCase, HealProposal.RunSnippet snippet) {
    HealRequest request = healCase.request();
    if (!request.ceiling().allows(snippet.mode())) {
      return new Refused("policy allows no snippet of this kind here");
    }
    Optional<Set<HealBehavior>> does =
        Behaviors.of(request.statement(), request.method(), snippet.code());
    if (does.isEmpty()) {
      return new Refused("it is not a sequence of statements that can be compared");
    }
    Set<HealBehavior> not = new TreeSet<>(does.get());
    not.removeAll(request.behaviors());
    if (!not.isEmpty()) {
      return new Refused("not allowed: " + not.stream().map(HealBehavior::word).toList());
    }
    boolean full = snippet.mode() == HealMode.FULL;
    SnippetClass.Result written =
        SnippetClass.of(
            snippet.code(),
            healCase.statement().variables(),
            healCase.statement().returns(),
            full ? healCase.statement().host() : SnippetClass.Host.NONE);
    if (written instanceof SnippetClass.Result.Unusable unusable) {
      return new Refused(unusable.reason());
    }
    try {
      return compiled(
          id, healCase, does.get(), ((SnippetClass.Result.Written) written).type(), full);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compile a snippet", e);
    }
  }

  private Result compiled(
      String id, HealCase healCase, Set<HealBehavior> does, SnippetClass type, boolean full)
      throws IOException {
    List<Path> outputs =
        healCase.project().modules().stream().map(ProjectModel.Module::mainOutput).toList();
    List<SkillMethod> skills = full ? List.of() : skills(outputs);
    SnippetCompiler.Result result =
        full
            ? compiler.compile(type.source(), shown(outputs, healCase), classPath(healCase))
            : compiler.compile(type.source(), SkillMethod.declarations(skills), List.of());
    if (result instanceof SnippetCompiler.Result.Refused refused) {
      return new Refused("it does not compile: " + refused.reason());
    }
    byte[] code = ((SnippetCompiler.Result.Compiled) result).classFile();
    Vetting vetting =
        full ? Vet.full(code, name -> isIn(outputs, name)) : Vet.contained(code, skills);
    return vetting instanceof Vetting.Refused refused
        ? new Refused("it may not do this: " + refused.reason())
        : new Prepared(id, does, type.variables(), code);
  }

  private static List<Path> classPath(HealCase healCase) {
    List<Path> path = new ArrayList<>();
    for (ProjectModel.Module module : healCase.project().modules()) {
      path.add(module.mainOutput());
      path.addAll(module.mainClasspath());
    }
    return path.stream().distinct().filter(Files::exists).toList();
  }

  private static boolean isIn(List<Path> outputs, String className) {
    String file = className.replace('.', '/') + ".class";
    return outputs.stream().anyMatch(o -> Files.isRegularFile(o.resolve(file)));
  }

  /** The package of the failing class as its nestmates see it. */
  private static Map<String, byte[]> shown(List<Path> outputs, HealCase healCase)
      throws IOException {
    String name = healCase.frame().className().replace('.', '/');
    String folder = name.substring(0, Math.max(0, name.lastIndexOf('/')));
    List<byte[]> files = new ArrayList<>();
    for (Path output : outputs) {
      Path there = output.resolve(folder);
      if (Files.isDirectory(there)) {
        try (Stream<Path> all = Files.list(there)) {
          for (Path each : all.filter(p -> p.toString().endsWith(".class")).toList()) {
            files.add(Files.readAllBytes(each));
          }
        }
      }
    }
    return NestmateView.of(files);
  }

  /** Declarations of what the application registered for snippets, and what they do. */
  List<String> skills(ProjectModel project) {
    try {
      return skills(project.modules().stream().map(ProjectModel.Module::mainOutput).toList())
          .stream()
          .map(s -> s.display() + (s.does().isBlank() ? "" : ": " + s.does()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the project's classes", e);
    }
  }

  private static List<SkillMethod> skills(List<Path> outputs) throws IOException {
    List<SkillMethod> skills = new ArrayList<>();
    for (Path output : outputs) {
      if (Files.isDirectory(output)) {
        try (Stream<Path> all = Files.walk(output)) {
          for (Path each : all.filter(p -> p.toString().endsWith(".class")).toList()) {
            if (Files.size(each) <= LARGEST) {
              skills.addAll(SkillMethod.in(Files.readAllBytes(each)));
            }
          }
        }
      }
    }
    return skills;
  }

  private static String id(HealCase healCase, HealProposal.RunSnippet snippet) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part :
          List.of(
              healCase.site(),
              healCase.exception(),
              snippet.mode().word(),
              snippet.then().name(),
              snippet.code())) {
        sha.update(part.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
      }
      return "s-" + HexFormat.of().formatHex(sha.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
