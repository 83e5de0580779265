package dev.fettle.llm.heal;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.HealBehavior;
import dev.fettle.contract.model.HealMode;
import dev.fettle.contract.model.HealProposal;
import dev.fettle.contract.model.HealRequest;
import dev.fettle.contract.model.Variable;
import dev.fettle.contract.spi.Healer;
import dev.fettle.llm.context.Notes;
import dev.fettle.llm.prompt.Prompt;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.talk.Conversation;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Schema;
import dev.fettle.llm.text.Untrusted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks a model what to do at a failing statement: a built-in remedy by name, or a snippet where
 * policy allows one. What comes back is checked in code, vetted by the {@link SnippetJudge}, asked
 * again with the reason of a refusal at most twice, and kept per site and kind of failure.
 *
 * <p>{@link Mode#SYNCHRONOUS} lets the failing thread wait up to the budget, as the Healer paper
 * does (arXiv 2408.01055). {@link Mode#BACKGROUND} answers nothing at first; what was found serves
 * the next occurrence. Thread-safe.
 */
public final class ModelHealer implements Healer {
  /** Name and version of the prompt. */
  public static final String PROMPT = "heal/2";

  /** How the rationale of a proposal begins. */
  public static final String SAYS = "a language model says: ";

  private static final int ATTEMPTS = 3;
  private static final int KEPT = 1_000;
  private static final int SKILLS = 20;
  private static final int LONGEST_SOURCE = 16_000;
  private static final int REMEDIES = 2_000;
  private static final Prompt WORDS = Prompt.of("heal", 2);
  private static final Schema SCHEMA = Schema.resource(ModelHealer.class, "heal");
  private static final Pattern UNREADABLE =
      Pattern.compile("\\\\u|[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}&&[^\\t\\n\\r]]");

  private final LanguageModel model;
  private final LlmSettings settings;
  private final SnippetJudge judge;
  private final Mode mode;
  private final Executor executor;
  private final LongSupplier nanos;
  private final Listener listener;
  private final Map<String, List<HealProposal>> known;

  /** Hears what was asked and what became of it. Called on the asking thread. */
  public interface Listener {
    /**
     * An attempt was judged; {@code verdict} is {@code passed}, {@code declined}, or why nothing of
     * the answer may be done.
     */
    void attempted(HealRequest request, Question question, String answer, String verdict);

    /** Hears nothing. */
    static Listener none() {
      return (request, question, answer, verdict) -> {};
    }
  }

  /** Who waits. */
  public enum Mode {
    SYNCHRONOUS,
    BACKGROUND
  }

  /**
   * @param executor asks in the background; not used otherwise
   * @param nanos monotonic time
   */
  public ModelHealer(
      LanguageModel model,
      LlmSettings settings,
      SnippetJudge judge,
      Mode mode,
      Executor executor,
      LongSupplier nanos) {
    this(model, settings, judge, mode, executor, nanos, Listener.none(), latest());
  }

  private ModelHealer(
      LanguageModel model,
      LlmSettings settings,
      SnippetJudge judge,
      Mode mode,
      Executor executor,
      LongSupplier nanos,
      Listener listener,
      Map<String, List<HealProposal>> known) {
    this.model = model;
    this.settings = settings;
    this.judge = judge;
    this.mode = mode;
    this.executor = executor;
    this.nanos = nanos;
    this.listener = listener;
    this.known = known;
  }

  private static Map<String, List<HealProposal>> latest() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, List<HealProposal>> eldest) {
        return size() > KEPT;
      }
    };
  }

  /**
   * The same healer within what a repository's own file leaves of the settings; answers that were
   * had before are shared.
   *
   * @param narrower see {@link dev.fettle.llm.settings.SettingsFile#narrowed}
   */
  public ModelHealer within(LlmSettings narrower) {
    return new ModelHealer(model, narrower, judge, mode, executor, nanos, listener, known);
  }

  /** The same healer with somebody who hears what becomes of its questions. */
  public ModelHealer telling(Listener other) {
    return new ModelHealer(model, settings, judge, mode, executor, nanos, other, known);
  }

  @Override
  public String name() {
    return "llm";
  }

  @Override
  public List<HealProposal> proposals(HealRequest request) {
    if (!settings.on() || !canPropose(request)) {
      return List.of();
    }
    String site = site(request);
    List<HealProposal> before = recalled(site);
    if (before != null && before.stream().allMatch(p -> stands(request, p))) {
      return before;
    }
    synchronized (known) {
      if (mode == Mode.BACKGROUND) {
        known.put(site, List.of()); // asked once, not by every occurrence meanwhile
      }
    }
    if (mode == Mode.SYNCHRONOUS) {
      return learn(site, request);
    }
    try {
      executor.execute(() -> learn(site, request));
    } catch (RejectedExecutionException e) {
      forget(site);
    }
    return List.of();
  }

  private @Nullable List<HealProposal> recalled(String site) {
    synchronized (known) {
      return known.get(site);
    }
  }

  /** A snippet that did harm meanwhile is refused by the judge: somebody is asked for another. */
  private boolean stands(HealRequest request, HealProposal proposal) {
    return !(proposal instanceof HealProposal.RunSnippet snippet)
        || judge.refusal(request, snippet).isEmpty();
  }

  /** Whether there is anything that an answer could choose. */
  private static boolean canPropose(HealRequest request) {
    return request.ceiling().allows(HealMode.CONTAINED)
        || (request.ceiling().allows(HealMode.TYPED) && !request.remedies().isEmpty());
  }

  /** The question that a request begins with; nothing is sent. */
  public Question question(HealRequest request) {
    return new Question(
        "heal",
        request.incident().id().value(),
        WORDS.id(),
        WORDS.system(),
        WORDS.fill(parts(request)),
        SCHEMA,
        settings.budget().answerTokens());
  }

  private void forget(String site) {
    synchronized (known) {
      known.remove(site);
    }
  }

  private List<HealProposal> learn(String site, HealRequest request) {
    Optional<List<HealProposal>> found = ask(request);
    synchronized (known) {
      if (found.isPresent()) {
        known.put(site, found.get());
      } else {
        known.remove(site);
      }
    }
    return found.orElse(List.of());
  }

  /** Empty when no answer could be had, so that a later occurrence asks again. */
  private Optional<List<HealProposal>> ask(HealRequest request) {
    Question question = question(request);
    Conversation conversation = new Conversation(model.within(settings.budget()));
    Deadline deadline = Deadline.after(settings.budget().timeout(), nanos);
    for (int n = 1; n <= ATTEMPTS && !deadline.passed(); n++) {
      Conversation.Outcome outcome = conversation.ask(question, deadline);
      if (!(outcome instanceof Conversation.Outcome.Data data)) {
        return n == 1 ? Optional.empty() : Optional.of(List.of());
      }
      List<String> refusals = new ArrayList<>();
      List<HealProposal> usable = usable(request, data.value(), refusals);
      listener.attempted(
          request, question, data.answer().text(), verdict(usable.isEmpty(), refusals));
      if (!usable.isEmpty() || refusals.isEmpty()) {
        return Optional.of(usable);
      }
      question =
          question.adding(
              "## After attempt "
                  + n
                  + "\nYour proposals were refused. "
                  + Untrusted.tagged(
                      "evidence", "vetting", Untrusted.block(String.join("\n", refusals), 2000))
                  + "\nAnswer with others.");
    }
    return Optional.of(List.of());
  }

  private static String verdict(boolean nothing, List<String> refusals) {
    if (!nothing) {
      return "passed";
    }
    return refusals.isEmpty() ? "declined" : "vetting: " + String.join("; ", refusals);
  }

  private List<HealProposal> usable(HealRequest request, JsonNode answer, List<String> refusals) {
    List<HealProposal> usable = new ArrayList<>();
    for (JsonNode proposal : answer.path("proposals")) {
      if (usable.size() + refusals.size() >= 3) {
        break;
      }
      double confidence = 0.5 - 0.1 * usable.size();
      String rationale = rationale(answer, proposal);
      String refusal =
          proposal.path("kind").asString().equals("remedy")
              ? remedy(request, proposal, rationale, confidence, usable)
              : snippet(request, proposal, rationale, confidence, usable);
      if (refusal != null) {
        refusals.add(refusal);
      }
    }
    return List.copyOf(usable);
  }

  /** Why it failed and what helps, one line; the model's words are marked as such. */
  private static String rationale(JsonNode answer, JsonNode proposal) {
    String cause = Untrusted.line(answer.path("rootCause").asString(""), 140).strip();
    String why = Untrusted.line(proposal.path("rationale").asString(""), 140).strip();
    return SAYS + (cause.isEmpty() ? why : cause + "; " + why);
  }

  private static @Nullable String remedy(
      HealRequest request,
      JsonNode proposal,
      String rationale,
      double confidence,
      List<HealProposal> to) {
    String name = proposal.path("remedy").asString("");
    if (!request.remedies().contains(name)) {
      return "there is no remedy of the name given; there are "
          + request.remedies().stream().sorted().toList();
    }
    to.add(new HealProposal.UseRemedy(name, rationale, confidence));
    return null;
  }

  private @Nullable String snippet(
      HealRequest request,
      JsonNode proposal,
      String rationale,
      double confidence,
      List<HealProposal> to) {
    if (!request.ceiling().allows(HealMode.CONTAINED)) {
      return "snippets are not allowed here, only remedies";
    }
    String code = proposal.path("code").asString("");
    if (code.isBlank()
        || code.getBytes(StandardCharsets.UTF_8).length > HealProposal.CODE_BYTES
        || UNREADABLE.matcher(code).find()) {
      return "a snippet is empty, too long, or holds invisible or escaped characters";
    }
    HealMode how = request.ceiling() == HealMode.FULL ? HealMode.FULL : HealMode.CONTAINED;
    HealProposal.Then then =
        proposal.path("then").asString("next").equals("retry")
            ? HealProposal.Then.RETRY
            : HealProposal.Then.NEXT;
    HealProposal.RunSnippet snippet =
        new HealProposal.RunSnippet(code, then, how, rationale, confidence);
    Optional<String> refusal = judge.refusal(request, snippet);
    if (refusal.isEmpty()) {
      to.add(snippet);
    }
    return refusal.orElse(null);
  }

  private Map<String, String> parts(HealRequest request) {
    CapturedException exception = request.incident().exception().root();
    StringBuilder failure = new StringBuilder();
    failure.append("Exception: ").append(Untrusted.line(exception.type(), 200));
    if (exception.message() != null && !exception.message().isEmpty()) {
      failure
          .append('\n')
          .append(
              Untrusted.tagged("message", "exception", Untrusted.line(exception.message(), 600)));
    }
    failure.append("\nFrames of the application, innermost first:");
    exception.applicationFrames().stream()
        .limit(8)
        .forEach(f -> failure.append("\n  ").append(Untrusted.line(f.display(), 200)));
    String variables = new Notes(settings.values()).of(request.variables());
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("failure", failure.toString());
    parts.put("source", Untrusted.tagged("source", "program", marked(request)));
    parts.put(
        "variables",
        variables.isEmpty()
            ? "none known"
            : Untrusted.tagged("value", "scope", Untrusted.block(variables, 4000)));
    parts.put("allowed", allowed(request));
    return parts;
  }

  /** The method, or the whole of a small program, with the failing statement marked. */
  private static String marked(HealRequest request) {
    String source = Untrusted.source(request.method(), LONGEST_SOURCE);
    String statement = Untrusted.source(request.statement(), 2000).strip();
    int at = statement.isEmpty() ? -1 : source.indexOf(statement);
    if (at < 0) {
      return source + "\n<error>" + statement + "</error>";
    }
    return source.substring(0, at)
        + "<error>"
        + statement
        + "</error>"
        + source.substring(at + statement.length());
  }

  private static String allowed(HealRequest request) {
    StringJoiner lines = new StringJoiner("\n");
    lines.add(
        "Remedies: "
            + (request.remedies().isEmpty()
                ? "none"
                : Untrusted.line(
                    String.join(", ", request.remedies().stream().sorted().toList()), REMEDIES)));
    if (request.ceiling().allows(HealMode.CONTAINED)) {
      lines.add(
          (request.ceiling() == HealMode.FULL
                  ? "Snippets: allowed, over the live state, private members included"
                  : "Snippets: allowed, over copies of numbers, texts, arrays and containers of"
                      + " java.util; nothing else of the application is in reach")
              + "; with these behaviors: "
              + String.join(
                  ", ", request.behaviors().stream().map(HealBehavior::word).sorted().toList()));
      if (!request.skills().isEmpty()) {
        lines.add("Methods of the application that a snippet may call:");
        request.skills().stream()
            .limit(SKILLS)
            .forEach(s -> lines.add("  " + Untrusted.line(s, 200)));
      }
    } else {
      lines.add("Snippets: not allowed");
    }
    return lines.toString();
  }

  /** Site and context: where, what was thrown, and which variables were null or empty. */
  private static String site(HealRequest request) {
    CapturedException exception = request.incident().exception().root();
    StringJoiner key = new StringJoiner("|");
    key.add(exception.topApplicationFrame().map(CapturedFrame::display).orElse(""));
    key.add(exception.type());
    key.add(request.statement());
    key.add(request.ceiling().word());
    key.add(String.join(",", request.remedies().stream().sorted().toList()));
    for (Variable variable : request.variables()) {
      key.add(
          variable.name()
              + ":"
              + variable.value().getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }
    return key.toString();
  }
}
