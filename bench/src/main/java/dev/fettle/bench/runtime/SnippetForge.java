package dev.fettle.bench.runtime;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.bench.repair.ItemTree;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.HealBehavior;
import dev.fettle.contract.model.HealMode;
import dev.fettle.contract.model.HealProposal;
import dev.fettle.contract.model.HealRequest;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.llm.heal.SnippetJudge;
import dev.fettle.sandbox.confine.HostExecution;
import dev.fettle.sandbox.snippet.SnippetCompiler;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.JavaSources;
import dev.fettle.source.snippet.Behaviors;
import dev.fettle.source.snippet.FailingStatement;
import dev.fettle.source.snippet.SnippetClass;
import dev.fettle.vet.NestmateView;
import dev.fettle.vet.Vet;
import dev.fettle.vet.Vetting;
import dev.fettle.wire.SnippetOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Makes signed orders of snippets for programs of the benchmark, by the steps of the server:
 * classified, compiled in a confined child, vetted, signed. Thread-safe.
 */
final class SnippetForge implements AutoCloseable {
  /** Whom orders are for; agents of the benchmark go by that name. */
  static final String AGENT = "bench";

  private static final String FILE = "Main.java";
  private static final long VALID_MILLIS = 24 * 3600_000L;

  private final SnippetCompiler compiler;
  private final KeyPair keys;
  private final Path keyFile;
  private final AtomicLong sequence = new AtomicLong();

  /**
   * @param folder an empty one
   */
  SnippetForge(Path folder) {
    try {
      this.compiler = SnippetCompiler.open(folder.resolve("snippets"), HostExecution.ALLOWED);
      this.keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      this.keyFile = folder.resolve("heal-key.pub");
      Files.writeString(keyFile, Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
    } catch (IOException | GeneralSecurityException e) {
      throw BenchFailure.broken("cannot prepare snippets in " + folder + ": " + e.getMessage());
    }
  }

  /** What agents verify orders with. */
  Path keyFile() {
    return keyFile;
  }

  /** One failing place of one program. Confined to a thread. */
  final class Place implements SnippetJudge {
    private final Path classes;
    private final CapturedException thrown;
    private final CapturedFrame frame;
    private final HealMode mode;
    private final Optional<FailingStatement> statement;
    private final Map<String, byte[]> accepted = new HashMap<>();
    private final Map<String, List<String>> variables = new HashMap<>();

    Place(
        String source, Path classes, CapturedException thrown, CapturedFrame frame, HealMode mode) {
      this.classes = classes;
      this.thrown = thrown;
      this.frame = frame;
      this.mode = mode;
      ItemTree tree = new ItemTree(hash(source), classes, FILE, source);
      JavaProject project =
          new JavaSources()
              .project(
                  tree,
                  ProjectModel.plain(
                      classes,
                      List.of(classes),
                      classes,
                      Path.of(System.getProperty("java.home"))));
      this.statement =
          FailingStatement.of(
              project,
              frame.className(),
              frame.method(),
              frame.descriptor(),
              frame.line(),
              mode == HealMode.FULL ? name -> true : Vet::mayName);
    }

    /** Text of the statement; empty when the source does not tell which. */
    Optional<FailingStatement> statement() {
      return statement;
    }

    @Override
    public Optional<String> refusal(HealRequest request, HealProposal.RunSnippet snippet) {
      if (statement.isEmpty()) {
        return Optional.of("the failing line holds no single statement; only remedies fit here");
      }
      FailingStatement at = statement.get();
      Optional<Set<HealBehavior>> does =
          Behaviors.of(request.statement(), at.method(), snippet.code());
      if (does.isEmpty()) {
        return Optional.of("it is not a sequence of statements that can be compared");
      }
      Set<HealBehavior> not = new TreeSet<>(does.get());
      not.removeAll(request.behaviors());
      if (!not.isEmpty()) {
        return Optional.of("not allowed: " + not.stream().map(HealBehavior::word).toList());
      }
      SnippetClass.Result written =
          SnippetClass.of(
              snippet.code(),
              at.variables(),
              at.returns(),
              mode == HealMode.FULL ? at.host() : SnippetClass.Host.NONE);
      if (written instanceof SnippetClass.Result.Unusable unusable) {
        return Optional.of(unusable.reason());
      }
      return compiled(snippet.code(), ((SnippetClass.Result.Written) written).type());
    }

    private Optional<String> compiled(String code, SnippetClass type) {
      SnippetCompiler.Result result;
      try {
        result =
            mode == HealMode.FULL
                ? compiler.compile(type.source(), NestmateView.of(files()), List.of(classes))
                : compiler.compile(type.source(), List.of());
      } catch (IOException e) {
        throw BenchFailure.broken("cannot compile a snippet: " + e.getMessage());
      }
      if (result instanceof SnippetCompiler.Result.Refused refused) {
        return Optional.of("it does not compile: " + refused.reason());
      }
      byte[] bytes = ((SnippetCompiler.Result.Compiled) result).classFile();
      Vetting vetting =
          mode == HealMode.FULL ? Vet.full(bytes, this::isProgram) : Vet.contained(bytes);
      if (vetting instanceof Vetting.Refused refused) {
        return Optional.of("it may not do this: " + refused.reason());
      }
      accepted.put(code, bytes);
      variables.put(code, type.variables());
      return Optional.empty();
    }

    private List<byte[]> files() throws IOException {
      List<byte[]> files = new ArrayList<>();
      try (Stream<Path> all = Files.walk(classes)) {
        for (Path each : all.filter(p -> p.toString().endsWith(".class")).sorted().toList()) {
          files.add(Files.readAllBytes(each));
        }
      }
      return files;
    }

    private boolean isProgram(String className) {
      return Files.isRegularFile(classes.resolve(className.replace('.', '/') + ".class"));
    }

    /** A line of a file of orders; the snippet was accepted here. */
    String order(HealProposal.RunSnippet snippet) {
      SnippetOrder order =
          new SnippetOrder(
              "s-" + sequence.incrementAndGet(),
              AGENT,
              sequence.get(),
              System.currentTimeMillis() + VALID_MILLIS,
              frame.className(),
              frame.method(),
              frame.descriptor(),
              frame.line(),
              thrown.type(),
              mode != HealMode.FULL,
              snippet.then() == HealProposal.Then.RETRY,
              variables.getOrDefault(snippet.code(), List.of()),
              snippet.rationale(),
              (int) Math.round(snippet.confidence() * 1000),
              accepted.getOrDefault(snippet.code(), new byte[0]));
      byte[] packed = order.pack();
      return Base64.getEncoder().encodeToString(packed)
          + " "
          + Base64.getEncoder().encodeToString(signed(packed));
    }
  }

  private byte[] signed(byte[] packed) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(keys.getPrivate());
      signature.update(packed);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a fresh key signs", e);
    }
  }

  private static String hash(String source) {
    return String.format("%040x", source.hashCode() & 0xffffffffL);
  }

  @Override
  public void close() {
    compiler.close();
  }
}
