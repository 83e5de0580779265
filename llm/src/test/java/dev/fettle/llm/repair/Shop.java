package dev.fettle.llm.repair;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.CommitRef;
import dev.fettle.contract.model.Confirmation;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FailingExpression;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.Request;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.TestResult;
import dev.fettle.contract.model.Variable;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.llm.context.CaseReader;
import dev.fettle.llm.context.PastCase;
import dev.fettle.llm.context.PastCases;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.vector.VectorShelf;
import dev.fettle.source.check.SourceSteps;
import dev.fettle.source.java.JavaSources;
import dev.fettle.testkit.TinyProject;
import dev.fettle.testkit.road.ScriptedLaboratory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A real small project whose failure outsiders may have written every text of. */
final class Shop {
  static final String CART = "src/main/java/shop/Cart.java";
  static final String RULES = "src/main/java/shop/Rules.java";
  static final String TEST = "src/test/java/shop/CartTest.java";

  private final JavaSources sources = new JavaSources();
  private final Map<String, String> texts = new HashMap<>();
  private final TinyProject tiny;
  private VectorShelf shelf = VectorShelf.none();
  private LlmSettings settings = LlmSettings.exchanging(Path.of("unused"), true);

  private Shop(Path dir, Map<String, String> texts) {
    this.texts.putAll(texts);
    this.tiny =
        TinyProject.in(dir)
            .source(
                """
                package shop;

                import java.util.List;

                public class Cart {
                  private final Rules rules = new Rules();
                  private String label = "c";

                  /** The sum. %s */
                  public long total(List<String> codes, String coupon) {
                    label = "%s";
                    // %s
                    long sum = 0;
                    for (String code : codes) {
                      sum += rules.price(code);
                    }
                    return sum - coupon.length();
                  }
                }
                """
                    .formatted(
                        text("javadoc", "Sums."), text("literal", "c"), text("comment", "all")))
            .source(
                """
                package shop;

                public class Rules {
                  long price(String code) {
                    return code == null ? 0 : code.length();
                  }

                  int rebate(String coupon) {
                    return coupon == null ? 0 : coupon.length();
                  }
                }
                """)
            .source("package shop; public class Zebra { int stripes() { return 1; } }")
            .test("package shop; class CartTest { void t() {} /* " + text("test", "x") + " */ }")
            .write("pom.xml", "<project/>\n")
            .write(".fettle.yml", text("policy", "version: 1") + "\n")
            .compile();
  }

  /** With some texts written by somebody else: message, cause, value, comment, commit, ... */
  static Shop in(Path dir, Map<String, String> texts) {
    return new Shop(dir, texts);
  }

  Shop with(LlmSettings other) {
    settings = other;
    return this;
  }

  String text(String field, String otherwise) {
    return texts.getOrDefault(field, otherwise);
  }

  String source(String path) {
    return tiny.tree().text(path).orElseThrow();
  }

  RepairCase repairCase() {
    CapturedException thrown = tiny.failure("shop.Cart", "total", List.of("a"), null);
    CapturedFrame top = thrown.frames().get(0);
    List<CapturedFrame> frames = new ArrayList<>(thrown.frames());
    frames.set(
        0,
        new CapturedFrame(
            top.className(),
            top.method(),
            top.descriptor(),
            text("file", "Cart.java"),
            top.line(),
            true,
            new CapturedValue.Composite(
                "shop.Cart",
                1,
                List.of(
                    new CapturedValue.Field(
                        "label", "shop.Cart", string(text("field", "spring sale"))),
                    new CapturedValue.Field(
                        "apiToken", "shop.Cart", string(text("secretField", "plain"))))),
            List.of(
                new Variable("codes", "Ljava/util/List;", true, codes()),
                new Variable(
                    "coupon",
                    "Ljava/lang/String;",
                    true,
                    new CapturedValue.Null("java.lang.String")),
                new Variable(
                    "password", "Ljava/lang/String;", false, string(text("secretLocal", "pw"))),
                new Variable(
                    text("name", "note"),
                    "Ljava/lang/String;",
                    false,
                    string(text("value", "hello"))))));
    frames.add(
        new CapturedFrame(
            text("frameClass", "shop.Zebra"),
            "stripes",
            "",
            "Zebra.java",
            1,
            true,
            null,
            List.of()));
    CapturedException cause =
        new CapturedException(
            thrown.type(),
            text("message", text("log", "Cannot invoke \"String.length()\"")),
            frames,
            null);
    Incident incident =
        tiny.incident(
            new CapturedException(
                "java.lang.IllegalStateException", text("wrapper", "failed"), List.of(), cause));
    incident = serving(incident);
    return new RepairCase(
        incident, diagnosis(incident), tiny.tree(), tiny.model(), Optional.of(draft()));
  }

  /** With the request that the failing thread served; read from a log where one was written. */
  private Incident serving(Incident plain) {
    Signal sample = plain.sample();
    return new Incident(
        plain.id(),
        plain.fingerprint(),
        plain.title(),
        plain.firstSeen(),
        plain.lastSeen(),
        plain.count(),
        new Signal(
            sample.id(),
            texts.containsKey("log") ? Signal.Kind.LOG : sample.kind(),
            sample.origin(),
            sample.trust(),
            sample.thrownAt(),
            sample.thread(),
            sample.exception(),
            new Request(
                "POST",
                "/orders",
                "token=" + text("query", "q"),
                Map.of(
                    "Authorization",
                    "Bearer " + text("authorization", "a"),
                    "Cookie",
                    text("cookie", "c")),
                500),
            sample.reason(),
            sample.repeats()));
  }

  private CapturedValue codes() {
    return new CapturedValue.Sequence(
        "java.util.ArrayList", 2, List.of(string(text("element", "a")), string("b")));
  }

  private static CapturedValue string(String text) {
    return new CapturedValue.Text("java.lang.String", text, text.length());
  }

  private Diagnosis diagnosis(Incident incident) {
    String text = source(CART);
    int at = text.indexOf("coupon.length()");
    int line = (int) text.substring(0, at).lines().count();
    SourcePlace place =
        new SourcePlace(CART, "shop.Cart", "total", "", line, at, at + "coupon.length()".length());
    return new Diagnosis(
        incident.id(),
        FaultClass.NULL_DEREFERENCE,
        new FailingExpression(place, "coupon.length()", "coupon", place),
        List.of(new Suspect(place, 1, Suspect.Role.FAILED, List.of(text("evidence", "it threw")))),
        text("rootCause", "coupon is null in Cart.total"),
        List.of(
            new CommitRef(
                "0123456789abcdef0123456789abcdef01234567",
                text("author", "Ada"),
                Instant.parse("2026-01-02T03:04:05Z"),
                text("commit", "Add coupons"),
                text("path", CART))),
        true,
        null);
  }

  private TestDraft draft() {
    return new TestDraft(
        "",
        "src/test/java/shop/CartReproductionTest.java",
        "package shop;\nclass CartReproductionTest {\n  // "
            + text("draft", "drafted")
            + "\n  void fails() { new Cart().total(java.util.List.of(\"SUMMER\"), null); }\n}\n",
        "shop.CartReproductionTest",
        List.of("fails"),
        TestDraft.Rung.PURE_FRAME,
        List.of());
  }

  CaseReader reader() {
    return new CaseReader(sources, this::past, settings, shelf);
  }

  /** With vectors of incidents. */
  Shop with(VectorShelf other) {
    shelf = other;
    return this;
  }

  private PastCases past() {
    return new PastCases(
        List.of(
            new PastCase(
                "inc-aaaaaaaaaa",
                "java.lang.NullPointerException shop.Order.sum " + text("pastFailure", "coupon"),
                text("pastChange", "guarded the coupon"),
                text("pastEnding", "merged")),
            new PastCase("inc-bbbbbbbbbb", "java.io.IOException disk", "nothing", "quiet")));
  }

  ModelGenerator generator(LanguageModel model, ModelGenerator.Listener listener) {
    return new ModelGenerator(
        model,
        settings,
        reader(),
        new Attempt(
            steps(),
            new ScriptedLaboratory(
                job -> new LabReport.Ran(tests(), Map.of(), "scripted"),
                new Confirmation.Unconfirmed("scripted"))),
        Runnable::run,
        System::nanoTime,
        listener);
  }

  /**
   * With a test that fails for the honest edit, and says why, where somebody wrote what tests
   * print.
   */
  private List<ValidationStep> steps() {
    List<ValidationStep> steps = new ArrayList<>(SourceSteps.all(sources));
    if (texts.containsKey("testOutput")) {
      steps.add(new TestsFail());
    }
    return steps;
  }

  private static final class TestsFail implements ValidationStep {
    @Override
    public String oracle() {
      return "affected tests";
    }

    @Override
    public int cost() {
      return 90;
    }

    @Override
    public StepResult check(Candidate candidate, RepairCase repairCase) {
      boolean innocent =
          candidate.patch().replacements().stream()
              .anyMatch(r -> r.text().contains("coupon == null ? sum :"));
      return innocent
          ? new StepResult.Failed(List.of("shop.CartTest#t"))
          : new StepResult.Passed("passes");
    }
  }

  private List<TestResult> tests() {
    return texts.containsKey("testOutput")
        ? List.of(
            new TestResult(
                "shop.CartTest",
                "t",
                TestResult.Status.FAILED,
                Optional.of(
                    new CapturedException(
                        "java.lang.AssertionError", text("testOutput", ""), List.of(), null))))
        : List.of();
  }

  List<Candidate> candidates(LanguageModel model) {
    try (Stream<Candidate> all =
        generator(model, ModelGenerator.Listener.none()).candidates(repairCase())) {
      return all.toList();
    }
  }
}
